"""What the tests of the asking side do again and again, on top of a house that receives."""

from collections.abc import Sequence
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from accounts.hats import Acting
from accounts.models import User
from accounts.roles import Role
from casework.parameters import rules_on
from casework.process import Ask, Refused
from casework.ripple import digest, touched_by
from casework.sweep import sweep
from institutions.models import GuestMode, Slot
from institutions.services import modes
from registry.models import TypeVersion
from tests import factories
from tests.institutions import doing
from tests.visits import receiving as make
from tests.visits.receiving import NOON, TODAY, TOMORROW, at
from tests.volunteers import making
from visits.models import GateKind, Visit
from visits.plans import Plan, objections_to, plan_for
from visits.rules import BOOKING
from visits.services import gate
from visits.services.booking import book
from volunteers.models import Volunteer

WEEK = timedelta(days=7)


def version(code: str = "T01") -> TypeVersion:
    return TypeVersion.objects.filter(type__code=code).latest("number")


def without_test(cast: SimpleNamespace) -> Volunteer:
    """Somebody of the NGO whom the knowledge test alone keeps away."""
    who = making.volunteer(cast.ngo.organisation)
    making.clear(who, "V2", institution=cast.house, on=TODAY, without=["test"])
    return who


def volunteer_of(who: Volunteer) -> Acting:
    return factories.acting(who.person, TODAY, Role.VOLUNTEER)


def hat(cast: SimpleNamespace, role: str) -> Acting:
    return factories.acting(getattr(cast, role), TODAY, role)


def used(slot: Slot) -> int:
    return Slot.objects.get(pk=slot.pk).used


def state(visit: Visit) -> str:
    return make.again(visit).case.state


def codes(refused: Any) -> list[str]:
    found: Refused = refused.value
    return [one.code for one in found.objections]


def take(step: Any, visit: Visit, by: Acting | None, **answers: Any) -> Visit:
    """A step of a visit, at noon."""
    step(visit, by=by, at=NOON, key=make.key(), **answers)
    return make.again(visit)


def book_as(who: Volunteer, cast: SimpleNamespace, **changes: Any) -> Visit:
    """A volunteer asks for themselves."""
    wanted: dict[str, Any] = {
        "by": volunteer_of(who),
        "slot": make.slot(cast),
        "ngos": [cast.ngo.pk],
        "type_id": doing.type_("T01"),
        "people": [who.person.pk],
        "programme": "",
        "at": NOON,
        "key": make.key(),
    }
    return make.again(book(**(wanted | changes)))


def over(cast: SimpleNamespace, came: Volunteer, *absent: Volunteer) -> Visit:
    """A visit whose time has passed: the gate let one person in and out, and saw nobody else."""
    visit = make.booked(cast, came, *absent)
    part = visit.participations.select_related("visit__case", "volunteer").get(
        volunteer=came.person
    )
    for kind, moment in ((GateKind.IN, at(11, 5)), (GateKind.OUT, at(13))):
        gate.note(part, kind, by=hat(cast, Role.GATE), at=moment, key=make.key(), healthy=True)
    assert part.gate_events.count() == 2
    sweep(at(13))
    return make.again(visit)


def heard(visit: Visit, kind: str, cast: SimpleNamespace, others: Sequence[User] = ()) -> list[int]:
    """Who of these people heard it; whoever only recorded somebody's clearance is left out."""
    known = {*make.ids([one for one in vars(cast).values() if isinstance(one, User)])}
    known |= {*make.ids(others)}
    return [one for one in make.told(visit, kind) if one in known]


def plan(who: Volunteer, cast: SimpleNamespace, slot: Slot, code: str = "T01") -> Plan:
    """The plan of one person for this slot."""
    slot = Slot.objects.select_related(
        "institution__organisation", "institution__kind", "site", "door__mode"
    ).get(pk=slot.pk)
    return plan_for(slot, cast.ngo, version(code), [who.person], today=TODAY)


def objections(who: Volunteer, cast: SimpleNamespace, slot: Slot, code: str = "T01") -> list[str]:
    """The codes of everything that stands in the way."""
    rules = rules_on(TODAY)
    return [one.code for one in objections_to(plan(who, cast, slot, code), NOON, rules, *BOOKING)]


def close(cast: SimpleNamespace, first: Any = TOMORROW, last: Any = TOMORROW) -> GuestMode:
    """The director closes the site by order, having seen what it touches."""
    by = hat(cast, Role.DIRECTOR)
    mode = modes.draft_closure(
        site=cast.site,
        from_on=first,
        through_on=last,
        act_number="52",
        act_on=TODAY,
        by=by,
        at=NOON,
        reason="Карантин",
    )
    touched = touched_by("guest_mode", Ask(mode, by, NOON, rules_on(TODAY)))
    modes.declare(mode, by=by, at=NOON, key=make.key(), confirmed=digest(touched))
    return mode


def another_house(cast: SimpleNamespace) -> SimpleNamespace:
    """A second institution with the same hours, agreed on by the same NGO."""
    other = SimpleNamespace(**vars(cast))
    other.house = factories.institution()
    other.site = other.house.sites.get()
    other.director = factories.member(other.house.organisation, Role.DIRECTOR)
    other.desk = factories.member(other.house.organisation, Role.DESK)
    windows = [doing.window(3, 11, 13, 30), doing.window(3, 16, 18, 30)]
    doing.declare(other.site, at=NOON, windows=windows, notice_hours=1)
    doing.agree(other, at=NOON, types=[doing.type_("T01")])
    return other
