"""Which types of interaction two sides can agree on."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from casework.process import Text
from institutions.queries.narrowing import demand
from registry.models import Institution, Ngo
from registry.queries import approved_types
from registry.queries.versions import versions_on

NO_FIT = _("not meant for institutions of this kind")
NOT_REGISTERED = _("the NGO is not registered for it in institutions of this kind")


@dataclass(frozen=True)
class Offered:
    """A type in force, and why it cannot be agreed on; empty when it can."""

    type_id: int
    code: str
    name: str
    why_not: Text = ""


def offered(
    ngo: Ngo, institution: Institution, on: date, edition: UUID | None = None
) -> list[Offered]:
    """Every type in force on this day for these two sides, the possible first: two queries, or
    one where the mark of the catalogue is at hand.
    """
    kind = institution.kind
    registered = approved_types(ngo.pk, on)
    found = [
        Offered(
            version.type_id,
            version.type.code,
            version.name,
            _why_not(
                kind in version.kinds.all(), kind.code in registered.get(version.type.code, ())
            ),
        )
        for version in versions_on(on, edition)
    ]
    return sorted(found, key=lambda one: bool(one.why_not))


def fitting(institution: Institution, on: date, edition: UUID | None = None) -> list[Offered]:
    """The types in force that fit institutions of this kind: one query, or none where the mark of
    the catalogue is at hand.
    """
    kind = institution.kind_id
    return [
        Offered(version.type_id, version.type.code, version.name)
        for version in versions_on(on, edition)
        if kind in {one.pk for one in version.kinds.all()}
    ]


def outside(
    institution: Institution, types: Iterable[int], on: date, edition: UUID | None = None
) -> set[int]:
    """Those of these types that are not held there: the catalogue does not mean them for
    institutions of this kind, or the house has excluded them. No query with the mark at hand.
    """
    fit = {one.type_id for one in fitting(institution, on, edition)}
    return {
        one for one in types if one not in fit or demand(institution.pk, one, on, edition).excluded
    }


def names(on: date, edition: UUID | None = None) -> dict[str, str]:
    """The names of the types in force, by code, in the reader's language: one query, none where
    the mark of the catalogue is at hand.
    """
    return {version.type.code: version.name for version in versions_on(on, edition)}


def _why_not(fits: bool, registered: bool) -> Text:
    if not fits:
        return NO_FIT
    return "" if registered else NOT_REGISTERED
