"""The registry app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RegistryConfig(AppConfig):
    """The register itself; knows no floor above it."""

    name = "registry"
    verbose_name = _("Register")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the flows, and say who imports registers; apps above say the same."""
        from registry import flows  # noqa: F401, PLC0415  (importing registers them)
        from registry.importing.kinds import IMPORTERS  # noqa: PLC0415  (models come first)
        from registry.importing.register import RegisterImporter  # noqa: PLC0415  (the same)
        from registry.overturning import listen  # noqa: PLC0415  (the same)

        IMPORTERS["register"] = RegisterImporter()
        listen()
