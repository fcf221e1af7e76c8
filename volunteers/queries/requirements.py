"""What is asked of volunteers on a day, how that changes, and who would fall out by a change."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import Membership, Organisation
from accounts.roles import Role
from registry.models import Tier
from volunteers.models import Demand, Outcome, Requirement, RequirementChange, Volunteer
from volunteers.models.vetting import EXPERIENCE
from volunteers.queries.facts import TIERS, asked_on, demanded
from volunteers.queries.people import cleared

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Row:
    """One requirement as the list shows it; `later` is what is decided to come after."""

    requirement: Requirement
    since: date | None
    last_on: date | None
    later: Demand | None


@dataclass(frozen=True)
class Group:
    """What one tier asks for besides the tiers below it."""

    tier: Tier
    rows: Sequence[Row]


@dataclass(frozen=True)
class Falling:
    """How many of an NGO's people a change takes a tier from; where it is empty, of all."""

    ngo: Organisation | None
    cleared: int
    falling: int


def groups(on: date) -> list[Group]:
    """Everything asked on this day, by tier."""
    asked = asked_on(demanded(Tier.V3), on, on)
    later = _decided_after(on)
    return [
        Group(Tier(tier), [_row(one, later.get(one.pk)) for one in asked if one.tier == tier])
        for tier in TIERS
    ]


def not_asked(on: date) -> list[Row]:
    """What is not asked on this day: it may have been, or may come."""
    asked = {one.pk for one in asked_on(demanded(Tier.V3), on, on)}
    later = _decided_after(on)
    found = Requirement.objects.exclude(pk__in=asked).order_by("pk")
    return [Row(one, None, None, later.get(one.pk)) for one in found]


def waiting() -> QuerySet[RequirementChange, Any]:
    """Changes that wait for a second person."""
    found = RequirementChange.objects.filter(case__state="proposed")
    return found.select_related("case", "requirement", "proposed_by").order_by("pk")


def last_demand(requirement_id: int) -> Demand | None:
    """What was decided last: it may not have begun."""
    found = Demand.objects.filter(requirement=requirement_id)
    return found.order_by("during").last()


def newly_asked(change: RequirementChange) -> tuple[str, str]:
    """The lowest tier that is asked for more than before, and the first above it that is not:
    both empty where nothing more is asked.
    """
    others = Demand.objects.filter(requirement=change.requirement_id).exclude(change=change.pk)
    before = others.order_by("during").last()
    was = before.tier if before and not _ended(before, change) else Tier.V4.value
    return (change.tier, was) if change.tier and change.tier < was else ("", "")


def falling_out(change: RequirementChange) -> QuerySet[Volunteer, Any]:
    """Whoever is cleared for a tier on the first day by what is decided, and not by the change."""
    first, _above = newly_asked(change)
    requirement, on = change.requirement, change.from_on
    if not first or requirement.per_institution or requirement.code == EXPERIENCE:
        return Volunteer.objects.none()
    met = Outcome.objects.filter(
        Q(valid_through=None) | Q(valid_through__gte=on),
        volunteer=OuterRef("pk"),
        requirement=requirement,
        counts=True,
        on__lte=on,
    )
    reached: QuerySet[Volunteer, Any] = Volunteer.objects.filter(
        cleared(first, None, on, on)
    ).exclude(Exists(met))
    # Whoever is cleared for the tier above has met it already.
    return reached


def falling_by_ngo(change: RequirementChange) -> list[Falling]:
    """How many fall out of how many, in all and by NGO: the most first. Four queries."""
    first, _above = newly_asked(change)
    if not first:
        return []
    on = change.from_on
    fall = set(falling_out(change).values_list("pk", flat=True))
    reach = Volunteer.objects.filter(cleared(first, None, on, on)).values("pk")
    rows = Membership.objects.filter(person__in=reach, role=Role.VOLUNTEER, during__contains=on)
    by_ngo: dict[int, set[int]] = {}
    for ngo, person in rows.values_list("organisation", "person"):
        by_ngo.setdefault(ngo, set()).add(person)
    ngos = Organisation.objects.in_bulk(by_ngo)
    found = [Falling(ngos[pk], len(all_), len(all_ & fall)) for pk, all_ in by_ngo.items()]
    found.sort(key=lambda one: (-one.falling, str(one.ngo)))
    return [Falling(None, reach.count(), len(fall)), *(one for one in found if one.falling)]


def _ended(before: Demand, change: RequirementChange) -> bool:
    return before.during.upper is not None and before.during.upper < change.from_on


def _decided_after(on: date) -> dict[int, Demand]:
    later = Demand.objects.filter(during__startswith__gt=on).order_by("-during")
    return {one.requirement_id: one for one in later}


def _row(one: Requirement, later: Demand | None) -> Row:
    upper: date | None = one.during.upper
    return Row(one, one.during.lower, upper - DAY if upper else None, later)
