"""The institutions app."""

from importlib import import_module

from django.apps import AppConfig


class InstitutionsConfig(AppConfig):
    """Guest mode, windows, slots, closures, agreements."""

    name = "institutions"

    def ready(self) -> None:
        """Register the processes; they read models, so they come after them."""
        import_module("institutions.flows")
