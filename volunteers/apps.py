"""The volunteers app."""

from django.apps import AppConfig


class VolunteersConfig(AppConfig):
    """People, requirements, outcomes, clearance, the knowledge test."""

    name = "volunteers"

    def ready(self) -> None:
        """Register the processes of this floor, and who imports lists of volunteers."""
        from volunteers.flows import (  # noqa: PLC0415  (models come first; they register themselves)
            bar,  # noqa: F401  (its table)
            likeness,  # noqa: F401  (its table)
            outcome,  # noqa: F401  (its table)
            question,  # noqa: F401  (its table)
            requirement,  # noqa: F401  (its table)
            suspension,  # noqa: F401  (its table)
        )
        from volunteers.importing.importer import register  # noqa: PLC0415  (models come first)

        register()
