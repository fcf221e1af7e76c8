"""What people call the fields that a file changes; an app above adds those of its own files."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

LABELS: dict[str, Promise] = {
    "name": _("Full name"),
    "short_name": _("Short name"),
    "inn": _("INN"),
    "kind": _("Kind of institution"),
    "beds": _("Places"),
    "phone": _("Telephone"),
    "email": _("E-mail"),
    "head_name": _("Head"),
    "regime": _("Visiting hours as written in the old register"),
    "form": _("Legal form"),
    "site_url": _("Website"),
    "district": _("District"),
    "address": _("Address"),
    "latitude": _("Latitude"),
    "longitude": _("Longitude"),
    "registration": _("Registration"),
}
