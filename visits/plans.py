"""A planned visit as the rules see it: wished for on a page, or standing in a case."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef

from accounts.models import Membership, User
from casework.parameters import Rules
from casework.process import Ask, Objection
from casework.queries import DRAFT
from institutions.models import Agreement, Slot
from institutions.queries import agreements, doors
from institutions.queries.agreements import Cover
from institutions.queries.doors import Standing
from institutions.queries.staff import with_visitors
from registry.models import Institution, Ngo, TypeVersion
from visits.models import Participation, Visit
from volunteers.models import Experience
from volunteers.queries import clearance

# The states in which a visit counts against what its agreement allows in a week.
COUNTED = ("requested", "offered", "approved", "done", "closed")


@dataclass(frozen=True)
class Plan:
    """Who of which NGO would come where and when for what, and what holds there on that day.

    `asked` is how the site stands today. `case` is the visit's own case once it exists: it does
    not stand in its own way. `held`: its places are taken already, and what was promised is not
    asked for again.
    """

    institution: Institution
    ngo: Ngo
    slot: Slot
    type_version: TypeVersion
    cover: Cover
    standing: Standing
    asked: Standing
    people: tuple[User, ...]
    case: int | None = None
    held: bool = False

    @property
    def agreement(self) -> Agreement | None:
        """Under which agreement."""
        return self.cover.agreement

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

    @cached_property
    def known(self) -> dict[int, "Known"]:
        """What the register of people says of those named: one query."""
        here = OuterRef("pk")
        member = Membership.objects.filter(
            person=here, organisation=self.ngo.pk, during__contains=self.on
        )
        elsewhere = Participation.objects.filter(
            volunteer=here, active=True, coming=True, during__overlap=self.slot.during
        ).exclude(visit=self.case)
        before = Experience.objects.filter(volunteer=here, institution=self.institution.pk)
        staff = with_visitors(self.institution.pk, self.on).filter(pk=self.supervisor or 0)
        named = User.objects.filter(pk__in=[one.pk for one in self.people], is_active=True)
        asked = (Exists(member), Exists(elsewhere), Exists(before), Exists(staff))
        return {key: Known(*answers) for key, *answers in named.values_list("pk", *asked)}

    def about(self, person: User) -> "Known":
        """What is known of one of the people; of whoever was deactivated, nothing good."""
        return self.known.get(person.pk, Known())

    @property
    def supervisor(self) -> int | None:
        """Who the standing consent names to be with the visitors."""
        return self.standing.mode.supervisor_id if self.standing.mode else None

    def of_case(self, case: int) -> "Plan":
        """The same plan with its case, before anything is written of its people."""
        plan = replace(self, case=case)
        plan.__dict__["known"] = self.known
        return plan


@dataclass(frozen=True)
class Known:
    """One of the people: with the NGO that day, expected elsewhere then, has been here before.

    `supervised`: whoever would be with the visitors under the standing consent works here then.
    """

    member: bool = False
    busy: bool = False
    been_here: bool = False
    supervised: bool = False


PlanRule = Callable[[Plan, datetime, Rules], Iterable[Objection]]


def plan_for(
    slot: Slot,
    ngo: Ngo,
    type_version: TypeVersion,
    people: Iterable[User],
    case: int | None = None,
    *,
    today: date,
    held: bool = False,
    cover: Cover | None = None,
) -> Plan:
    """The plan of these people coming in this slot, with what holds on its day: two queries.

    A `cover` that is at hand saves one.
    """
    institution = slot.institution
    on = local_day(slot.during.lower, institution)
    standing, asked = doors.door_on_days(slot.site_id, on, today)
    return Plan(
        institution=institution,
        ngo=ngo,
        slot=slot,
        type_version=type_version,
        cover=cover or agreements.cover(institution.pk, [ngo.pk], type_version.type_id, on),
        standing=standing,
        asked=asked,
        people=tuple(people),
        case=case,
        held=held,
    )


def plan_of(ask: Ask[Visit]) -> Plan:
    """The plan that a visit's case carries out, read once for all rules of one attempt.

    Where the step is taken, nobody's clearance changes from here on.
    """
    visit = ask.detail
    if visit.plan is None:
        visit.plan = plan_in(visit, visit.slot, ask)
    plan: Plan = visit.plan
    return plan


def plan_in(visit: Visit, slot: Slot, ask: Ask[Visit]) -> Plan:
    """The same visit in its own slot, or in another one."""
    coming = visit.participations.filter(coming=True).order_by("pk")
    if ask.taken:
        people = clearance.hold(coming.values("volunteer"))
    else:
        people = [one.volunteer for one in coming.select_related("volunteer")]
    slot.institution = visit.institution
    held = visit.case.state != DRAFT
    return plan_for(slot, visit.ngo, visit.type_version, people, visit.pk, today=ask.on, held=held)


def local_day(at: datetime, institution: Institution) -> date:
    """The day of an instant where the institution is."""
    return at.astimezone(ZoneInfo(institution.organisation.zone)).date()


def planned(*rules: PlanRule) -> Callable[[Ask[Any]], Iterable[Objection]]:
    """Rules about plans as a rule of a step: the same sentences on the page and in the engine."""

    def held(ask: Ask[Any]) -> Iterable[Objection]:
        plan = plan_of(ask)
        for rule in rules:
            yield from rule(plan, ask.at, ask.rules)

    return held


def objections_to(plan: Plan, at: datetime, rules: Rules, *held: PlanRule) -> list[Objection]:
    """Everything that stands in the way of a plan, all at once."""
    return [one for rule in held for one in rule(plan, at, rules)]
