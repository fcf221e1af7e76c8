"""What is known of people, and by which rules it is judged: one query for any number of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Max, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject

from casework.editions import PARAMETERS, REQUIREMENTS, kept, mark, mark_of
from casework.models import Parameter
from casework.parameters import numbers_on
from registry.models import Tier
from volunteers.models import Demand, Experience, Outcome, Requirement, Volunteer
from volunteers.queries import halts

TIERS = (Tier.V1, Tier.V2, Tier.V3)
Requirements = list[Requirement]
OF_AGE, YOUNGEST = 18, 14
ENOUGH_VISITS, ENOUGH_MONTHS = "vetting.visits", "vetting.months"  # rules of experience


@dataclass(frozen=True)
class Aim:
    """What clearance is wanted for: a tier, where (None: leaving out where), and which days."""

    tier: str
    institution: int | None
    first_on: date
    last_on: date


@dataclass(frozen=True)
class Held:
    """One outcome as clearance reads it; `institution` is None where it holds everywhere."""

    institution: int | None
    on: date
    through: date | None
    counts: bool
    state: str

    def reaches(self, on: date) -> bool:
        """Whether it is still valid on this day."""
        return self.through is None or self.through >= on


@dataclass(frozen=True)
class Visited:
    """What somebody has experienced at the institution asked about."""

    times: int = 0
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True)
class Enough:
    """How much experience the rules ask for: so many visits, over no less than so many months."""

    visits: int
    months: int


@dataclass(frozen=True)
class Facts:
    """Requirements of every day, in order; each person's birthday, experience, and outcomes by
    requirement.
    """

    requirements: Sequence[Requirement]
    born: dict[int, date | None]
    visited: dict[int, Visited]
    enough: Enough
    held: dict[tuple[int, int], list[Held]] = field(default_factory=dict)
    halted: dict[int, list[halts.Days]] = field(default_factory=dict)

    def of(self, person: int, requirement: Requirement, institution: int | None) -> list[Held]:
        """The outcomes that may count: those of everywhere, or of this institution."""
        found = self.held.get((person, requirement.pk), [])
        return [one for one in found if one.institution in (None, institution)]


def up_to(tier: str) -> list[str]:
    """The tiers whose requirements this tier asks for."""
    return [one.value for one in TIERS if one.value <= tier]


def demanded(tier: str, edition: UUID | None = None) -> list[Requirement]:
    """What this tier and those below it ask for on whatever day, in order: a requirement stands
    there once for each of its demands. One query, or none where the mark of the list is at hand.
    """
    every = kept(REQUIREMENTS, edition or mark(REQUIREMENTS), _every_demand)
    return [one for one in every if one.tier <= tier]


def asked_on(requirements: Iterable[Requirement], first_on: date, last_on: date) -> Requirements:
    """Of these, what is asked on any of these days: each once, from the lowest tier that asks."""
    found: dict[int, Requirement] = {}
    for one in requirements:
        lower, upper = one.during.lower, one.during.upper
        if (lower is None or lower <= last_on) and (upper is None or upper > first_on):
            found.setdefault(one.pk, one)
    return list(found.values())


def asked_from(tier: str, on: date) -> Requirements:
    """What is asked on this day, and after it what is to be asked later on and is not yet."""
    every = demanded(tier)
    now = asked_on(every, on, on)
    known = {one.pk for one in now}
    return [*now, *(one for one in asked_on(every, on, date.max) if one.pk not in known)]


def facts(people: Iterable[int], *, tier: str, institution: int | None, on: date) -> Facts:
    """Everything that clearance for this tier asks about these people: one query."""
    born: dict[int, date | None] = {}
    visited: dict[int, Visited] = {}
    held: dict[tuple[int, int], list[Held]] = {}
    halted: dict[int, list[halts.Days]] = {}
    marks: tuple[UUID | None, UUID | None] = (None, None)
    for person, birthday, rows, stopped, requirements, parameters, *there in _known(
        people, tier, institution, on
    ):
        born[person], marks = birthday, (requirements, parameters)
        halted[person] = halts.read(stopped)
        visited[person] = Visited(there[0] or 0, *there[1:]) if there else Visited()
        for row in rows or ():  # V0 asks for nothing, and the database is not asked either
            held.setdefault((person, row["requirement"]), []).append(_held(row))
    asked = demanded(tier, marks[0])
    numbers = numbers_on(on, marks[1] or mark(PARAMETERS))
    enough = Enough(numbers[ENOUGH_VISITS], numbers[ENOUGH_MONTHS])
    return Facts(asked, born, visited, enough, held, halted)


def number(code: str, on: date) -> Subquery:
    """A number of the rules, as one value more in another query."""
    return Subquery(Parameter.objects.filter(code=code, during__contains=on).values("value")[:1])


def _every_demand() -> Requirements:
    return list(Requirement.objects.asked(date.min, None))


def _known(
    people: Iterable[int], tier: str, institution: int | None, on: date
) -> QuerySet[Volunteer, Any]:
    """Each person's birthday, outcomes and visits there, and the marks of what they are read by."""
    asked = Demand.objects.filter(tier__in=up_to(tier)).values("requirement")
    outcomes = Outcome.objects.filter(volunteer=OuterRef("pk"), requirement__in=asked).values(
        row=JSONObject(
            requirement="requirement",
            institution="institution",
            on="on",
            through="valid_through",
            counts="counts",
            state="case__state",
        )
    )
    known = Volunteer.objects.filter(pk__in=list(people)).annotate(rows=ArraySubquery(outcomes))
    values: list[Any] = ["pk", "born_on", "rows", halts.of_volunteer()]
    values += [mark_of(REQUIREMENTS), mark_of(PARAMETERS)]
    if institution is None:
        return known.values_list(*values)
    there = (
        Experience.objects.filter(volunteer=OuterRef("pk"), institution=institution, on__lte=on)
        .values("volunteer")
        .annotate(times=Count("pk"), first=Min("on"), last=Max("on"))
    )
    return known.values_list(
        *values,
        Subquery(there.values("times")),
        Subquery(there.values("first")),
        Subquery(there.values("last")),
    )


def _held(row: dict[str, Any]) -> Held:
    through = row["through"]
    return Held(
        institution=row["institution"],
        on=date.fromisoformat(row["on"]),
        through=date.fromisoformat(through) if through else None,
        counts=row["counts"],
        state=row["state"],
    )


def may_count(institution: int | None) -> Q:
    """The same as `Facts.of`, for the database."""
    everywhere = Q(institution=None)
    return everywhere if institution is None else everywhere | Q(institution=institution)
