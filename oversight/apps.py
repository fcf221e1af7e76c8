"""The oversight app."""

from importlib import import_module

from django.apps import AppConfig


class OversightConfig(AppConfig):
    """The lateness queue, the audit pages, the map, requests about one's own data, retention."""

    name = "oversight"

    def ready(self) -> None:
        """Register the Department's own processes; they read models, so they come after them."""
        import_module("oversight.flows")
