"""A planned visit as the rules see it: wished for on a page, or standing in a case."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from accounts.models import User
from casework.parameters import Rules
from casework.process import Ask, Objection
from casework.queries import DRAFT
from institutions.models import Agreement, Slot
from institutions.queries import agreements, doors
from institutions.queries.doors import Standing
from registry.models import Institution, Ngo, TypeVersion
from visits.models import Visit

# The states in which a visit counts against what its agreement allows in a week.
COUNTED = ("requested", "offered", "approved", "done", "closed")


@dataclass(frozen=True)
class Plan:
    """Who of which NGO would come where and when for what, under which agreement.

    `case` is the visit's own case once it exists: it does not stand in its own way. `held`: its
    places are taken already, and what was promised is not asked for again.
    """

    institution: Institution
    ngo: Ngo
    slot: Slot
    type_version: TypeVersion
    agreement: Agreement | None
    standing: Standing
    people: tuple[User, ...]
    case: int | None = None
    held: bool = False

    @property
    def begins(self) -> datetime:
        """When it begins."""
        begins: datetime = self.slot.during.lower
        return begins

    @property
    def on(self) -> date:
        """The day of the visit, where the institution is."""
        return local_day(self.begins, self.institution)

    @property
    def week(self) -> tuple[datetime, datetime]:
        """From Monday to before the next one, where the institution is."""
        zone = ZoneInfo(self.institution.organisation.zone)
        monday = self.on - timedelta(days=self.on.weekday())
        ends = monday + timedelta(days=7)
        return datetime.combine(monday, time.min, zone), datetime.combine(ends, time.min, zone)


PlanRule = Callable[[Plan, datetime, Rules], Iterable[Objection]]


def plan_for(
    slot: Slot,
    ngo: Ngo,
    type_version: TypeVersion,
    people: Iterable[User],
    case: int | None = None,
    *,
    held: bool = False,
) -> Plan:
    """The plan of these people coming in this slot, with what holds on its day."""
    institution = slot.institution
    on = local_day(slot.during.lower, institution)
    return Plan(
        institution=institution,
        ngo=ngo,
        slot=slot,
        type_version=type_version,
        agreement=agreements.covering(institution.pk, ngo.pk, type_version.type_id, on),
        standing=doors.door_on(slot.site_id, on),
        people=tuple(people),
        case=case,
        held=held,
    )


def plan_of(visit: Visit, slot: Slot | None = None) -> Plan:
    """The plan that a visit's case carries out, in its own slot or in another one."""
    parts = visit.participations.filter(coming=True).select_related("volunteer").order_by("pk")
    slot = slot or visit.slot
    slot.institution = visit.institution
    people = [one.volunteer for one in parts]
    held = visit.case.state != DRAFT
    return plan_for(slot, visit.ngo, visit.type_version, people, visit.pk, held=held)


def local_day(at: datetime, institution: Institution) -> date:
    """The day of an instant where the institution is."""
    return at.astimezone(ZoneInfo(institution.organisation.zone)).date()


def planned(*rules: PlanRule) -> Callable[[Ask[Any]], Iterable[Objection]]:
    """Rules about plans as a rule of a step: the same sentences on the page and in the engine."""

    def held(ask: Ask[Any]) -> Iterable[Objection]:
        plan = plan_of(ask.detail)
        for rule in rules:
            yield from rule(plan, ask.at, ask.rules)

    return held


def objections_to(plan: Plan, at: datetime, rules: Rules, *held: PlanRule) -> list[Objection]:
    """Everything that stands in the way of a plan, all at once."""
    return [one for rule in held for one in rule(plan, at, rules)]
