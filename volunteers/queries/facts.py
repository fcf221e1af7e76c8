"""What is known of people's requirements: at most three queries, however many people they are."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, Max, Min, OuterRef, Q, QuerySet, Subquery

from registry.models import Tier
from volunteers.models import Experience, Outcome, Requirement, Volunteer

TIERS = (Tier.V1, Tier.V2, Tier.V3)
OF_AGE, YOUNGEST = 18, 14
VISITS, OVER_MONTHS = 8, 3  # what experience at an institution means


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
class Facts:
    """Requirements in order; each person's birthday, experience, and outcomes by requirement."""

    requirements: Sequence[Requirement]
    born: dict[int, date | None]
    visited: dict[int, Visited]
    held: dict[tuple[int, int], list[Held]] = field(default_factory=dict)

    def of(self, person: int, requirement: Requirement, institution: int | None) -> list[Held]:
        """The outcomes that may count: those of everywhere, or of this institution."""
        found = self.held.get((person, requirement.pk), [])
        return [one for one in found if one.institution in (None, institution)]


def up_to(tier: str) -> list[str]:
    """The tiers whose requirements this tier asks for."""
    return [one.value for one in TIERS if one.value <= tier]


def requirements_up_to(tier: str) -> list[Requirement]:
    """The requirements of this tier and of those below it, in order."""
    return list(Requirement.objects.filter(tier__in=up_to(tier)))


def facts(
    people: Iterable[int],
    *,
    tier: str,
    institution: int | None,
    on: date,
    requirements: Sequence[Requirement] | None = None,
    born: dict[int, date | None] | None = None,
) -> Facts:
    """Everything that clearance for this tier asks about these people.

    Requirements and birthdays already at hand save a query each.
    """
    asked = requirements if requirements is not None else requirements_up_to(tier)
    keys = list(people)
    birthdays: dict[int, date | None] = dict(born or {})
    visited: dict[int, Visited] = {}
    if born is None or institution is not None:
        for key, birthday, *there in _volunteers(keys, institution, on):
            birthdays[key] = birthday
            visited[key] = Visited(there[0] or 0, there[1], there[2]) if there else Visited()
    held: dict[tuple[int, int], list[Held]] = {}
    for person, requirement, *values in outcomes(keys, asked):
        held.setdefault((person, requirement), []).append(Held(*values))
    return Facts(asked, birthdays, visited, held)


def outcomes(people: Sequence[int], asked: Iterable[Requirement]) -> QuerySet[Outcome, Any]:
    """Everything recorded of these people for these requirements, as rows for `Held`."""
    return Outcome.objects.filter(volunteer__in=people, requirement__in=list(asked)).values_list(
        "volunteer",
        "requirement",
        "institution",
        "on",
        "valid_through",
        "counts",
        "case__state",
    )


def _volunteers(keys: Sequence[int], institution: int | None, on: date) -> QuerySet[Volunteer, Any]:
    found = Volunteer.objects.filter(pk__in=keys)
    if institution is None:
        return found.values_list("pk", "born_on")
    there = (
        Experience.objects.filter(volunteer=OuterRef("pk"), institution=institution, on__lte=on)
        .values("volunteer")
        .annotate(times=Count("pk"), first=Min("on"), last=Max("on"))
    )
    return found.values_list(
        "pk",
        "born_on",
        Subquery(there.values("times")),
        Subquery(there.values("first")),
        Subquery(there.values("last")),
    )


def may_count(institution: int | None) -> Q:
    """The same as `Facts.of`, for the database."""
    everywhere = Q(institution=None)
    return everywhere if institution is None else everywhere | Q(institution=institution)
