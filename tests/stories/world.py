"""One of everything on a Thursday evening: what every page shows, and what outsiders try."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from accounts.models import Membership
from accounts.roles import Role
from casework.invitations import invite
from casework.sweep import sweep
from registry import services, suspending
from registry.flows import SuspensionFlow
from registry.suspending import Scope
from tests import factories
from tests.institutions import doing
from tests.registry.applicants import Applicant, applicant
from tests.registry.world import INSTITUTIONS, as_csv, institution_line
from tests.visits import asking
from tests.visits import receiving as make
from tests.volunteers import knowledge, lists, making
from visits.flows import VisitFlow
from visits.models import ConcernKind, GateKind, Visit
from visits.services import concerns, gate
from volunteers.importing.importer import KIND

MONTH = timedelta(days=30)
IN_A_WEEK = make.TOMORROW + timedelta(days=7)
EVENING = make.at(17)
ROLES = (Role.CHECKER, Role.CHIEF, Role.COMMISSIONER, Role.AUDITOR, Role.REGISTRAR)


def world() -> SimpleNamespace:
    """A house, an NGO and the Department at five in the evening of the day after noon."""
    cast = make.house()
    for role in ROLES:
        setattr(cast, role, factories.member(factories.department(), role))
    cast.nurse = factories.member(cast.house.organisation, Role.NURSE)
    cast.maria, cast.ilya = make.helper(cast), make.helper(cast, "Илья", tier="")
    making.clear(cast.ilya, "V2", institution=cast.house, on=make.TODAY, without=["test"])
    _deal(cast)
    _people(cast)
    _visits(cast)
    _register(cast)
    return cast


def _deal(cast: SimpleNamespace) -> None:
    """Another NGO's offer of long ago, late by now; a closure to come; a word of long ago."""
    other = SimpleNamespace(house=cast.house, ngo=factories.ngo())
    other.head = factories.member(other.ngo.organisation, Role.HEAD)
    cast.offer = doing.offer(other, at=make.NOON - MONTH)
    closed = make.TODAY + MONTH
    cast.mode = doing.close(cast.site, closed, closed, at=make.NOON)
    cast.concern = concerns.say(
        by=asking.volunteer_of(cast.maria),
        about=ConcernKind.values[0],
        text="В субботу нас не пустили, хотя визит был назначен.",
        institution=cast.house,
        at=make.NOON - MONTH,
        key=make.key(),
    )


def _people(cast: SimpleNamespace) -> None:
    """A check that waits for the second checker, tries of the test, a file, an invitation."""
    record, by = making.requirement("record"), asking.hat(cast, Role.CHECKER)
    again = make.helper(cast, "Вера", tier="")
    when: dict[str, Any] = {"on": make.TODAY, "at": make.NOON, "passed": True}
    cast.check = making.outcomes.record(
        again, record, by=by, key=make.key(), number="77-1", institution=None, **when
    )
    cast.attempt = knowledge.take(cast.maria.person, make.NOON)
    cast.begun = knowledge.services.start(cast.ilya.person, "V2", EVENING)
    home = cast.ngo.organisation
    cast.list = services.receive(
        kind=KIND,
        name="люди.csv",
        content=as_csv(lists.HEAD, lists.line(1), lists.line(2, **{"E-mail": "нет"})),
        owner=home,
        by_id=cast.coordinator.pk,
        at=make.NOON,
    )
    cast.invitation = invite("anna@example.org", Role.COORDINATOR, home, cast.head, EVENING)
    cast.membership = Membership.objects.get(person=cast.coordinator)


def _visits(cast: SimpleNamespace) -> None:
    """In every state a visit can be seen in; this evening one is expected and one is here."""
    vera = make.helper(cast, "Вероника")
    cast.done = make.booked(cast, cast.maria)
    cast.closed = make.booked(cast, vera)
    for visit in (cast.done, cast.closed):
        _note(cast, visit, GateKind.IN, 11)
        _note(cast, visit, GateKind.OUT, 13)
    cast.booked = make.booked(cast, cast.maria, hour=16)
    cast.here = make.booked(cast, vera, hour=16)
    _note(cast, cast.here, GateKind.IN, 16)
    cast.requested = asking.book_as(cast.maria, cast, slot=make.slot(cast, on=IN_A_WEEK))
    cast.offered = _offered(cast, make.request(cast, vera, on=IN_A_WEEK))
    asked = make.request(cast, vera, hour=16, on=IN_A_WEEK)
    by, why = asking.hat(cast, Role.DESK), {"code": "V4", "reason": "Не для этой группы"}
    cast.refused = asking.take(VisitFlow.refuse, asked, by, **why)
    sweep(EVENING)
    by = asking.hat(cast, Role.COORDINATOR)
    VisitFlow.close(make.again(cast.closed), by=by, at=EVENING, key=make.key())
    cast.part = cast.booked.participations.get()


def _offered(cast: SimpleNamespace, visit: Visit) -> Visit:
    other = make.slot(cast, 16, on=IN_A_WEEK)
    names = {"slot": str(other.pk), "supervisor": str(cast.desk.pk), "reason": "В 11 концерт"}
    return asking.take(VisitFlow.move, visit, asking.hat(cast, Role.DESK), **names)


def _note(cast: SimpleNamespace, visit: Visit, kind: GateKind, hour: int) -> None:
    part, by = gate.fresh(visit.participations.get().pk), asking.hat(cast, Role.GATE)
    gate.note(part, kind, by=by, at=make.at(hour), key=make.key(), healthy=True)


def _register(cast: SimpleNamespace) -> None:
    """An application that was sent and one that is written, a suspension, a file."""
    by = factories.acting(cast.registrar, make.TODAY, Role.REGISTRAR)
    cast.sent = _applicant("Шаг навстречу", 11)
    cast.sent.submit(make.NOON, key=make.key())
    cast.written = _applicant("Рядом по субботам", 12)
    held = Scope(make.TODAY, make.TODAY + MONTH)
    cast.suspension = suspending.draft(factories.ngo(), held, by=by, at=make.NOON)
    SuspensionFlow.suspend(cast.suspension, by=by, at=make.NOON, key=make.key(), reason="№ 31")
    cast.file = services.receive(
        kind="register",
        name="реестр.csv",
        content=as_csv(INSTITUTIONS, institution_line(21), institution_line(22)),
        owner=factories.department(),
        by_id=cast.registrar.pk,
        at=make.NOON,
    )


def _applicant(name: str, number: int) -> Applicant:
    return applicant(name, number, make.NOON)
