"""The institutions app."""

from importlib import import_module

from django.apps import AppConfig


class InstitutionsConfig(AppConfig):
    """Guest mode, windows, slots, closures, agreements."""

    name = "institutions"

    def ready(self) -> None:
        """Register the processes and answer the register; they read models and come after them."""
        import_module("institutions.flows")
        import_module("institutions.ripples").listen()
