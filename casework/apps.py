"""The casework app."""

from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    """Calendar of working days, audit trail, heartbeat of the worker."""

    name = "casework"
