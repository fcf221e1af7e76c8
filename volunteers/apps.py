"""The volunteers app."""

from django.apps import AppConfig


class VolunteersConfig(AppConfig):
    """People, requirements, outcomes, clearance, the knowledge test."""

    name = "volunteers"

    def ready(self) -> None:
        """Register the process of checking people, and who imports lists of volunteers."""
        import volunteers.flows.outcome  # noqa: F401, PLC0415  (registers itself; models come first)
        from volunteers.importing.importer import register  # noqa: PLC0415  (models come first)

        register()
