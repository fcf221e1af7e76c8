"""Which types of interaction two sides can agree on."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from casework.process import Text
from registry.models import Institution, Ngo, TypeVersion
from registry.queries import approved_types

NO_FIT = _("not meant for institutions of this kind")
NOT_REGISTERED = _("the NGO is not registered for it in institutions of this kind")


@dataclass(frozen=True)
class Offered:
    """A type in force, and why it cannot be agreed on; empty when it can."""

    type_id: int
    code: str
    name: str
    why_not: Text = ""


def offered(ngo: Ngo, institution: Institution, on: date) -> list[Offered]:
    """Every type in force on this day for these two sides, the possible first: three queries."""
    kind = institution.kind
    registered = approved_types(ngo.pk, on)
    versions = TypeVersion.objects.in_force(on).select_related("type").prefetch_related("kinds")
    found = [
        Offered(
            version.type_id,
            version.type.code,
            version.name,
            _why_not(
                kind in version.kinds.all(), kind.code in registered.get(version.type.code, ())
            ),
        )
        for version in versions.order_by("type__code")
    ]
    return sorted(found, key=lambda one: bool(one.why_not))


def fitting(institution: Institution, on: date) -> list[Offered]:
    """The types in force that fit institutions of this kind: one query."""
    versions = TypeVersion.objects.in_force(on).filter(kinds=institution.kind_id)
    return [
        Offered(version.type_id, version.type.code, version.name)
        for version in versions.select_related("type").order_by("type__code")
    ]


def names(on: date) -> dict[str, str]:
    """The names of the types in force, by code, in the reader's language: one query."""
    versions = TypeVersion.objects.in_force(on).select_related("type")
    return {version.type.code: version.name for version in versions}


def _why_not(fits: bool, registered: bool) -> Text:
    if not fits:
        return NO_FIT
    return "" if registered else NOT_REGISTERED
