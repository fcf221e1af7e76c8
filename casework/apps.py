"""The casework app."""

from importlib import import_module

from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    """Calendar of working days, audit trail, heartbeat of the worker."""

    name = "casework"

    def ready(self) -> None:
        """Register casework's own processes; they read models, so they come after them."""
        import_module("casework.flows")
