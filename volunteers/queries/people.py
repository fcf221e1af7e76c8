"""Lists of volunteers: who is cleared, who lacks what, whose time runs out, page by page."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import (
    Count,
    DateField,
    DurationField,
    Exists,
    F,
    Func,
    Max,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Value,
    Window,
)
from django.db.models.functions import Cast, Concat

from registry.models import Tier
from registry.queries.cursors import Cursor
from registry.queries.names import in_order
from volunteers.models import Demand, Experience, Outcome, Requirement, Volunteer
from volunteers.models.vetting import (
    EXPERIENCE,
    PARENT,
)
from volunteers.queries.facts import (
    ENOUGH_MONTHS,
    ENOUGH_VISITS,
    OF_AGE,
    YOUNGEST,
    may_count,
    number,
    up_to,
)
from volunteers.queries.halts import halted
from volunteers.queries.partners import partners_of
from volunteers.validity import MONTHS, months_after

PAGE = 50
NOBODY_YET = "none"
SPACE = Value(" ")

Found = QuerySet[Volunteer, Any]


@dataclass(frozen=True)
class Wanted:
    """What a list is narrowed to; an empty field does not narrow it."""

    text: str = ""
    tier: str = ""
    lacks: str = ""
    days: int | None = None


@dataclass(frozen=True)
class Page:
    """One page of a list of people, and where the next one begins.

    `total` is how many there are in all; only the first page knows it.
    """

    rows: list[Volunteer]
    after: str = ""
    total: int | None = None


def narrowed(found: Found, wanted: Wanted, on: date) -> Found:
    """The people who fit."""
    for word in wanted.text.split():
        found = found.filter(_named(word))
    if wanted.tier == NOBODY_YET:
        found = found.exclude(cleared(Tier.V1, None, on, on))
    elif wanted.tier:
        found = found.filter(cleared(wanted.tier, None, on, on))
    if wanted.lacks:
        asked = Requirement.objects.filter(code=wanted.lacks)
        found = found.filter(Exists(_unmet(asked, None, on, on, everywhere=True)))
    if wanted.days is not None:
        found = found.filter(Exists(ending(on, wanted.days).filter(volunteer=OuterRef("pk"))))
    return found


def page(found: Found, *, after: Cursor | None, size: int = PAGE) -> Page:
    """The page that begins after this place, in the order of names."""
    name = Concat("person__family_name", SPACE, "person__given_name")
    ordered = found.select_related("person").annotate(full=name, place=in_order("full"))
    ordered = ordered.order_by("place", "pk")
    if after is None:
        ordered = ordered.annotate(total=Window(Count("*")))
    else:
        ordered = ordered.filter(Q(place__gt=after.name) | Q(place=after.name, pk__gt=after.pk))
    rows: list[Any] = list(ordered[: size + 1])
    last = rows[size - 1] if len(rows) > size else None
    total = None if after else (rows[0].total if rows else 0)
    return Page(rows[:size], Cursor(last.place, last.pk).as_text() if last else "", total)


def cleared(tier: str, institution_id: int | None, first_on: date, last_on: date) -> Q:
    """Volunteers cleared for a tier: the answer of `clearance.is_cleared`, for the database."""
    return ~Q(halted(first_on, last_on)) & _qualified(tier, institution_id, first_on, last_on)


def _qualified(tier: str, institution_id: int | None, first_on: date, last_on: date) -> Q:
    """Those of the age and with the papers that the tier asks for."""
    if tier == Tier.V4:
        return Q(pk__in=[])
    asked = _asked(tier, first_on, last_on).exclude(code=PARENT)
    if institution_id is None:
        asked = asked.exclude(per_institution=True)
    met: Any = ~Exists(_unmet(asked.exclude(code=EXPERIENCE), institution_id, first_on, last_on))
    if institution_id is not None:
        experienced = Exists(_experienced(institution_id, first_on))
        met &= experienced | ~Exists(_asked(tier, first_on, last_on).filter(code=EXPERIENCE))
    grown = Q(born_on__lte=born_by(first_on, OF_AGE))
    if tier >= Tier.V2:
        return grown & Q(met)
    young = Q(born_on__gt=born_by(first_on, YOUNGEST))
    if tier == Tier.V0:
        return Q(born_on=None) | ~young
    parent = _asked(tier, first_on, last_on).filter(code=PARENT)
    allowed = ~Exists(_unmet(parent, institution_id, first_on, last_on))
    return Q(met) & (Q(born_on=None) | grown | (~young & Q(allowed)))


def ending(on: date, days: int) -> QuerySet[Outcome, Any]:
    """Outcomes that count and end within so many days, when nothing newer lasts longer and the
    requirement is still asked when they end.
    """
    longer = Outcome.objects.filter(
        Q(valid_through=None) | Q(valid_through__gt=OuterRef("valid_through")),
        Q(institution=OuterRef("institution")) | Q(institution=None),
        volunteer=OuterRef("volunteer"),
        requirement=OuterRef("requirement"),
        counts=True,
    )
    until = on + timedelta(days=days)
    asked = Demand.objects.filter(
        requirement=OuterRef("requirement"), during__contains=OuterRef("valid_through")
    )
    found = Outcome.objects.filter(counts=True, valid_through__range=(on, until))
    return found.filter(Exists(asked)).exclude(Exists(longer))


def expiring(ngo_id: int, on: date, days: int) -> QuerySet[Outcome, Any]:
    """What ends for an NGO's people within so many days, the soonest first."""
    people = Volunteer.objects.of_ngo(ngo_id, on)
    found = ending(on, days).filter(partners_of(ngo_id), volunteer__in=people.values("person"))
    related = found.select_related("requirement", "volunteer", "institution__organisation")
    return related.order_by("valid_through", "pk")


def _named(word: str) -> Q:
    fields = ("family_name", "given_name", "patronymic", "email")
    found = Q()
    for spelled in {word, word.replace("ё", "е"), word.replace("е", "ё")}:
        for field in fields:
            found |= Q(**{f"person__{field}__icontains": spelled})
    return found


def _asked(tier: str, first_on: date, last_on: date) -> QuerySet[Requirement, Any]:
    asked: Any = Requirement.objects.asked(first_on, last_on)
    found: QuerySet[Requirement, Any] = asked.filter(tier__in=up_to(tier)).order_by()
    return found


def _unmet(
    asked: QuerySet[Requirement, Any],
    institution_id: int | None,
    first_on: date,
    last_on: date,
    *,
    everywhere: bool = False,
) -> QuerySet[Requirement, Any]:
    """Of these requirements, those that the outer volunteer does not meet on these days."""
    outcomes = Outcome.objects.filter(
        Q(valid_through=None) | Q(valid_through__gte=last_on),
        volunteer=OuterRef(OuterRef("pk")),
        requirement=OuterRef("pk"),
        counts=True,
        on__lte=first_on,
    )
    if not everywhere:
        outcomes = outcomes.filter(may_count(institution_id))
    return asked.exclude(Exists(outcomes))


def _experienced(institution_id: int, on: date) -> QuerySet[Experience, Any]:
    months = Func(
        number(ENOUGH_MONTHS, on),
        template="make_interval(months => %(expressions)s)",
        output_field=DurationField(),
    )
    return (
        Experience.objects.filter(volunteer=OuterRef("pk"), institution=institution_id, on__lte=on)
        .values("volunteer")
        .annotate(times=Count("pk"), first=Min("on"), last=Max("on"))
        .filter(
            times__gte=number(ENOUGH_VISITS, on), last__gte=Cast(F("first") + months, DateField())
        )
        .values("volunteer")
    )


def born_by(on: date, years: int) -> date:
    """Born on this day or earlier, somebody has that many years."""
    return months_after(on, -years * MONTHS)
