"""A volunteer's book: the hours that NGOs confirmed, where, of which type; an NGO's table."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count, DateField, F, Func, Max, Min, QuerySet, Sum
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from accounts.models import Organisation, User
from registry.models import TypeVersion
from visits.models import Hours
from visits.templatetags.visits import hours
from volunteers.models import Outcome
from volunteers.models.vetting import TEST

MINUTES = 60
LEARNED = ("training", "induction", TEST)


@dataclass(frozen=True)
class Period:
    """From which day through which; open where there is none."""

    first: date | None = None
    last: date | None = None


@dataclass(frozen=True)
class Line:
    """What somebody did of one type in one institution under one NGO."""

    ngo: Organisation
    institution: Organisation
    version: TypeVersion
    times: int
    minutes: int
    first_on: date
    last_on: date


@dataclass(frozen=True)
class Book:
    """Every line, the longest first, and what was learned."""

    lines: Sequence[Line]
    learned: Sequence[Outcome]

    @property
    def minutes(self) -> int:
        """All confirmed time."""
        return sum(one.minutes for one in self.lines)

    @property
    def times(self) -> int:
        """All visits with confirmed hours."""
        return sum(one.times for one in self.lines)

    @property
    def ngos(self) -> list[Organisation]:
        """Who confirmed: each gives out a certificate of its own."""
        return list({one.ngo.pk: one.ngo for one in self.lines}.values())


def book(person: int, during: Period) -> Book:
    """What this person did in these days: four queries."""
    lines = _lines(_within(Hours.objects.filter(volunteer=person), during))
    found = Outcome.objects.filter(volunteer=person, counts=True, requirement__code__in=LEARNED)
    learned = found.select_related("requirement", "institution__organisation").order_by("on", "pk")
    return Book(lines, list(learned))


def certificate(person: User, ngo: Organisation, during: Period) -> dict[str, Any] | None:
    """The values of `casework.papers.contents.VolunteerHours`; None where there is no hour."""
    mine = Hours.objects.filter(volunteer=person.pk, participation__visit__ngo=ngo.pk)
    lines = _lines(_within(mine, during))
    if not lines:
        return None
    return {
        "volunteer": " ".join(filter(None, _names(person))),
        "volunteer_number": str(person.pk),
        "ngo": ngo.name,
        "since": min(one.first_on for one in lines),
        "through": max(one.last_on for one in lines),
        "total": hours(sum(one.minutes for one in lines)),
        "times": sum(one.times for one in lines),
        "rows": [
            {
                "institution": one.institution.short_name,
                "type": one.version.name,
                "times": one.times,
                "hours": hours(one.minutes),
            }
            for one in lines
        ],
    }


def table(ngo: int, during: Period) -> Iterator[list[str]]:
    """An NGO's confirmed hours, a line for each person and visit: see docs/hours-table.md."""
    yield [
        _("Family name"),
        _("Given name"),
        _("Patronymic"),
        _("E-mail"),
        _("Day"),
        _("Type of help"),
        _("Institution"),
        _("Reference"),
        _("Hours"),
        _("Confirmed on"),
        _("Confirmed by"),
    ]
    mine: Any = _within(Hours.objects.filter(participation__visit__ngo=ngo), during)
    visit = "participation__visit"
    related = ("case", "institution__organisation", "type_version")
    found = mine.select_related("volunteer", "confirmed_by", *(f"{visit}__{r}" for r in related))
    for one in found.order_by("on", "volunteer__family_name", "pk"):
        yield _row(one)


def _names(person: User) -> tuple[str, str, str]:
    return person.family_name, person.given_name, person.patronymic


def _row(one: Any) -> list[str]:
    who, visit = one.volunteer, one.participation.visit
    zone = ZoneInfo(visit.institution.organisation.zone)
    return [
        *_names(who),
        who.email,
        one.on.isoformat(),
        visit.type_version.name,
        visit.institution.organisation.short_name,
        visit.case.ref,
        f"{one.minutes / MINUTES:.2f}",
        one.confirmed_at.astimezone(zone).date().isoformat(),
        str(one.confirmed_by),
    ]


def _within(found: QuerySet[Hours, Any], during: Period) -> QuerySet[Hours, Any]:
    """Each with its day, where the institution is."""
    visit = "participation__visit__"
    begins = F(f"{visit}during__startswith")
    zone = F(f"{visit}institution__organisation__zone")
    dated = found.annotate(on=Cast(Func(zone, begins, function="timezone"), DateField()))
    if during.first:
        dated = dated.filter(on__gte=during.first)
    if during.last:
        dated = dated.filter(on__lte=during.last)
    return dated


def _lines(found: QuerySet[Hours, Any]) -> list[Line]:
    visit = "participation__visit__"
    keys = (f"{visit}ngo", f"{visit}institution", f"{visit}type_version")
    grouped = (
        found.order_by()
        .values_list(*keys)
        .annotate(Count("pk"), Sum("minutes"), Min("on"), Max("on"))
    )
    rows = list(grouped)
    names = Organisation.objects.in_bulk({key for row in rows for key in row[:2]})
    versions = TypeVersion.objects.in_bulk({row[2] for row in rows})
    lines = [Line(names[row[0]], names[row[1]], versions[row[2]], *row[3:]) for row in rows]
    return sorted(lines, key=lambda one: (-one.minutes, one.version.pk, one.institution.pk))
