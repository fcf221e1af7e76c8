"""The oversight app."""

from django.apps import AppConfig


class OversightConfig(AppConfig):
    """The lateness queue, the audit pages, the map."""

    name = "oversight"
