"""One of everything on a Thursday evening: what every page shows, and what outsiders try."""

from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

from accounts.hats import Acting
from accounts.memberships import grant
from accounts.models import Membership
from accounts.roles import Role
from casework.absences import Days, go_away
from casework.invitations import invite
from casework.models import CalendarYear, PaperKind, Parameter, Term
from casework.services import calendar
from casework.services.rules import Wanted
from casework.services.rules import propose as propose_rule
from casework.sweep import sweep
from institutions.flows import NarrowingFlow
from institutions.models import Handover
from institutions.services.handovers import begin_due
from institutions.services.narrowing import Demanded
from institutions.services.narrowing import draft as draft_narrowing
from registry import appealing, changing, services, suspending
from registry.catalogue.content import of_type
from registry.catalogue.proposing import Draft
from registry.catalogue.proposing import propose as propose_type
from registry.flows import RegistrationFlow, SuspensionFlow
from registry.models import Type, TypeChange
from registry.queries.types import newest
from registry.suspending import Scope
from tests import factories
from tests.casework import papers
from tests.institutions import doing
from tests.registry.applicants import Applicant, applicant
from tests.registry.world import INSTITUTIONS, as_csv, institution_line
from tests.stories import barred, partnership, personal, promises
from tests.visits import asking
from tests.visits import receiving as make
from tests.volunteers import banking, demanding, knowledge, lists, making
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
    promises.give(cast)
    _visits(cast)
    partnership.propose(cast)
    _register(cast)
    _rulebook(cast)
    _appeals(cast)
    _papers(cast)
    _succession(cast)
    personal.ask(cast)
    barred.keep_away(cast)
    return cast


def _succession(cast: SimpleNamespace) -> None:
    """The director followed another and has not taken over yet; the nurse will be away."""
    org, before = cast.house.organisation, factories.person("Пётр")
    since = factories.LONG_AGO
    grant(before, org, Role.DIRECTOR, on=since - 12 * MONTH, until=since, by=None)
    begin_due(make.NOON, org.pk)
    cast.handover = Handover.objects.get(institution=cast.house)
    cast.post = cast.director.memberships.get(organisation=org, role=Role.DIRECTOR)
    held, days = cast.nurse.memberships.get(), Days(IN_A_WEEK, IN_A_WEEK + MONTH)
    cast.absence = go_away(held, days, by=cast.director, at=EVENING, deputy=cast.desk)


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
    cast.question = banking.version(banking.checker(), "rights-002", difficulty=3)
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
    cast.charter = cast.sent.application.documents.select_related("file").get(kind="charter")
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


def _appeals(cast: SimpleNamespace) -> None:
    """A refusal to be appealed and one that was; a change of head of a third NGO."""
    by = factories.acting(cast.registrar, make.TODAY, Role.REGISTRAR)
    denied = (_refused(_applicant(name, 13 + n), by) for n, name in enumerate(("Зря", "Не зря")))
    cast.denied, other = denied
    cast.appellant = cast.denied.head.user
    case, key = other.application.case, make.key()
    cast.appeal = appealing.file(case, "Опыт есть", by=other.head, at=make.NOON, key=key)
    ngo = factories.ngo()
    head = factories.acting(factories.member(ngo.organisation, Role.HEAD), make.TODAY)
    told = changing.said(ngo) | {"head_name": "Новикова Анна", "form": "фонд"}
    report = changing.Report(**told, since_on=make.TODAY, why="Протокол № 4")
    cast.change = changing.report(report, by=head, at=make.NOON, key=make.key())


def _refused(made: Applicant, by: Acting) -> Applicant:
    other = factories.acting(factories.registrar(), make.TODAY, Role.REGISTRAR)
    made.submit(make.NOON, key=make.key())
    when: dict[str, Any] = {"at": make.NOON}
    RegistrationFlow.complete(made.application, by=other, key=make.key(), **when)
    RegistrationFlow.refuse(made.application, by=by, key=make.key(), reason="Мало опыта", **when)
    return made


def _papers(cast: SimpleNamespace) -> None:
    """A paper of the offer, and an extract from the register."""
    of = SimpleNamespace(case=cast.offer.case, house=cast.house.organisation)
    cast.paper = papers.issued(PaperKind.AGREEMENT, of, at=make.NOON)
    cast.extract = papers.issued(
        PaperKind.EXTRACT, of, at=make.NOON, organisation=factories.department()
    )


def _applicant(name: str, number: int) -> Applicant:
    return applicant(name, number, make.NOON)


def _rulebook(cast: SimpleNamespace) -> None:
    """A number, a type and a condition of the house that somebody has changed or means to."""
    by, when = factories.acting(cast.registrar, make.TODAY, Role.REGISTRAR), make.TODAY + MONTH
    number = Parameter.objects.get(code="concern.answer")
    wanted = Wanted(4, when, "214", make.TODAY, "Сообщений стало больше")
    cast.rule = propose_rule(number, wanted, by=by, at=make.NOON, key=make.key())
    days = calendar.Wanted({date(2027, 6, 11): False}, True, 1, "812", date(2026, 7, 1))
    year = CalendarYear.objects.get(pk=2027)
    cast.calendar = calendar.propose(year, days, by=by, at=make.NOON, key=make.key())
    cast.term = Term.objects.get(case=cast.calendar.case)
    type_ = Type.objects.get(code="T11")
    written = of_type(newest(type_.pk)) | {"tier": "V2", "limits_ru": "Не более 10 человек."}
    new = Draft(TypeChange.What.VERSION, when, "Инструктаж стал короче", written)
    cast.type = propose_type(type_, new, by=by, at=make.NOON, key=make.key())
    cast.demand = demanding.proposed(demanding.FIRST_AID, "V2", when, by=by, at=make.NOON)
    director = factories.acting(cast.director, make.TODAY, Role.DIRECTOR)
    asked = Demanded(doing.type_("T08"), when, "Ремонт входа", conditions="Сменная обувь")
    cast.narrowing = draft_narrowing(cast.house, asked, by=director, at=make.NOON)
    NarrowingFlow.narrow(cast.narrowing, by=director, at=make.NOON, key=make.key())
