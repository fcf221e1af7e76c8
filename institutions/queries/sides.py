"""The two sides of an agreement to be, and looking for the other one."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from accounts.models import Organisation
from accounts.roles import OrganisationKind
from institutions.queries import doors
from registry.models import Institution, Ngo
from registry.queries import choices, listing, search
from registry.queries.cursors import Cursor

FOUND = 20
MONTHS = 12


@dataclass(frozen=True)
class Pair:
    """An NGO and an institution, and which of them is the other side."""

    ngo: Ngo
    institution: Institution
    other: Organisation


def pair(own: Organisation, side: str) -> Pair | None:
    """The organisation acted for and the one with this ref, if they are of both kinds."""
    other = Organisation.objects.filter(ref=side).first() if side else None
    if other is None:
        return None
    refs = (own.pk, other.pk)
    ngo = Ngo.objects.select_related("organisation").filter(pk__in=refs).first()
    houses = Institution.objects.select_related("organisation", "kind")
    institution = houses.filter(pk__in=refs).first()
    if ngo is None or institution is None:
        return None
    return Pair(ngo, institution, other)


def find(own: Organisation, text: str, on: date, after: Cursor | None) -> dict[str, Any]:
    """Organisations of the other kind by name, each as the register lists it, with its door."""
    ngo = own.kind == OrganisationKind.NGO
    wanted = OrganisationKind.INSTITUTION if ngo else OrganisationKind.NGO
    question = search.Question(text=text, what=wanted)
    page = search.page(question, on, after=after, size=FOUND)
    rows = listing.listed(page.rows, choices.choices(on), on)
    standing = doors.of_institutions([one.pk for one in page.rows], on) if ngo else {}
    for row in rows:
        row["door"] = standing.get(row["organisation"].pk)
    return {"rows": rows, "page": page}


def usual_term(on: date, months: int) -> dict[str, date]:
    """From today for so many months, to the day before."""
    years, month = divmod(on.month - 1 + months, MONTHS)
    same = min(on.day, 28)
    last = date(on.year + years, month + 1, same) - timedelta(days=1)
    return {"from_on": on, "through_on": last}
