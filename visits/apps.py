"""The visits app."""

from django.apps import AppConfig


class VisitsConfig(AppConfig):
    """Visits, the gate, hours, what is told to the Department."""

    name = "visits"

    def ready(self) -> None:
        """Make the processes known, and answer the ripples from below."""
        from visits import flows, ripples  # noqa: F401, PLC0415  (models must be loaded first)

        ripples.listen()
