"""An NGO's people as rows of a list and as a table to download."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from volunteers.models import Volunteer
from volunteers.queries.clearance import Standing, standings
from volunteers.queries.facts import OF_AGE
from volunteers.queries.people import Found, page

LARGEST = 5000


@dataclass(frozen=True)
class Row:
    """One person, how they stand today, and whether they are under age."""

    volunteer: Volunteer
    standing: Standing
    minor: bool


def rows(people: Sequence[Volunteer], on: date) -> list[Row]:
    """How each of these people stands: one query."""
    stood = standings((one.pk for one in people), None, on)
    return [Row(one, stood[one.pk], _minor(one, on)) for one in people]


def export(found: Found, on: date) -> Iterator[list[str]]:
    """Headings, people, and a last line in words when there are more than one file takes."""
    listed = page(found, after=None, size=LARGEST)
    yield [
        _("Family name"),
        _("Given name"),
        _("Patronymic"),
        _("E-mail"),
        _("Telephone"),
        _("Date of birth"),
        _("Clearance"),
        _("Valid through"),
        _("What is missing for the next tier"),
    ]
    for row in rows(listed.rows, on):
        yield _line(row)
    if listed.after:
        yield [_("Only the first %(limit)d people are here.") % {"limit": LARGEST}]


def _line(row: Row) -> list[str]:
    person, standing = row.volunteer.person, row.standing
    missing = [one.requirement.name for one in standing.next_missing if one.requirement]
    return [
        person.family_name,
        person.given_name,
        person.patronymic,
        person.email,
        row.volunteer.phone,
        _day(row.volunteer.born_on),
        standing.label,
        _day(standing.until),
        "; ".join(missing),
    ]


def _minor(volunteer: Volunteer, on: date) -> bool:
    age = volunteer.age_on(on)
    return age is not None and age < OF_AGE


def _day(on: date | None) -> str:
    return date_format(on, "d.m.Y") if on else ""
