"""The registry app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RegistryConfig(AppConfig):
    """The catalogue and the division of the city; knows no floor above it."""

    name = "registry"
    verbose_name = _("Register")
    default_auto_field = "django.db.models.BigAutoField"
