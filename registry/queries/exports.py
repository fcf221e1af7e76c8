"""What is seen on the register's list, as a table for a spreadsheet program."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import Organisation
from accounts.roles import OrganisationKind
from registry.models import Institution, Ngo, Site
from registry.queries.choices import Choices
from registry.queries.listing import listed
from registry.queries.search import Question, page

LARGEST = 5000

Line = list[str]


def export(question: Question, choices: Choices, on: date) -> Iterator[Line]:
    """Headings, rows, and a last line in words when there are more rows than one file takes."""
    found = page(question, on, after=None, size=LARGEST)
    yield _headings()
    yield from _lines(found.rows, choices, on)
    if found.after:
        words = _("Only the first %(limit)d rows are here. Narrow the search to see the others.")
        yield [words % {"limit": LARGEST}]


def _headings() -> Line:
    return [
        _("What"),
        _("Short name"),
        _("Full name"),
        _("INN"),
        _("OGRN"),
        _("Kind of institution"),
        _("Legal form"),
        _("Okrug"),
        _("District"),
        _("Address"),
        _("Places"),
        _("Telephone"),
        _("E-mail"),
        _("Website"),
        _("Number in the register"),
        _("Valid from"),
        _("Valid through"),
        _("Standing"),
        _("Types of interaction"),
    ]


def _lines(rows: Sequence[Organisation], choices: Choices, on: date) -> Iterator[Line]:
    keys = [row.pk for row in rows]
    details: dict[int, Institution | Ngo] = {
        **Institution.objects.in_bulk(keys),
        **Ngo.objects.in_bulk(keys),
    }
    addresses = dict(
        Site.objects.filter(institution__in=keys)
        .order_by("-pk")
        .values_list("institution_id", "address")
    )
    for row in listed(rows, choices, on):
        detail = details[row["organisation"].pk]
        yield _line(row, detail, addresses.get(detail.pk, ""))


def _line(row: dict[str, Any], detail: Any, address: str) -> Line:
    organisation = row["organisation"]
    return [
        str(OrganisationKind(organisation.kind).label),
        organisation.short_name,
        organisation.name,
        organisation.inn,
        organisation.ogrn or "",
        row.get("kind", ""),
        getattr(detail, "form", ""),
        row.get("okrug", ""),
        row.get("district", ""),
        address,
        str(row.get("beds") or ""),
        detail.phone,
        detail.email,
        getattr(detail, "site_url", ""),
        row.get("number", ""),
        _day(row.get("valid_from")),
        _day(row.get("valid_through")),
        str(row.get("standing_label", "")),
        "; ".join(code for code, _name in row.get("types", ())),
    ]


def _day(on: date | None) -> str:
    return date_format(on, "d.m.Y") if on else ""
