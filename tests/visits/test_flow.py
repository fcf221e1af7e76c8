"""The visit as a process, on real rows: who moves it where, what is held and what is free again."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from types import SimpleNamespace

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from psycopg2 import sql

from accounts.models import User
from accounts.roles import Role
from casework.models import Decision
from casework.process import Refused
from casework.sweep import sweep
from institutions.models import Agreement, Slot
from tests import factories
from tests.visits import receiving as make
from tests.visits.asking import (
    another_house,
    book_as,
    close,
    codes,
    hat,
    state,
    take,
    used,
    volunteer_of,
)
from tests.visits.receiving import NOON, TODAY, at
from tests.volunteers.making import visit_often
from visits.flows import VisitFlow
from visits.flows.stages import S
from visits.models import GateEvent, GateKind, Hours, Participation, Visit
from visits.services import gate
from volunteers.models import Experience

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def cast() -> SimpleNamespace:
    return make.house()


def test_a_request_holds_its_places_and_is_approved(cast: SimpleNamespace) -> None:
    people = [make.helper(cast), make.helper(cast, "Пётр")]
    visit = make.request(cast, *people)
    assert (visit.case.state, used(visit.slot)) == (S.REQUESTED, 2)
    named = [one.person for one in people]
    deciders = [cast.desk, cast.director]
    assert heard(visit, "visit_request", cast, named) == make.ids([*deciders, cast.head, *named])
    visit = make.approve(cast, visit, by="desk")
    assert (visit.case.state, visit.supervisor, used(visit.slot)) == (S.APPROVED, cast.desk, 2)
    asking = [cast.head, cast.coordinator]
    assert heard(visit, "visit_approve", cast, named) == make.ids([*asking, *named])


def test_a_visit_of_high_risk_is_the_directors_to_decide(cast: SimpleNamespace) -> None:
    visit = make.request(cast, make.helper(cast), code="T08")
    with pytest.raises(Refused) as refused:
        make.approve(cast, visit, by="desk")
    assert codes(refused) == ["not_yours"]
    assert make.approve(cast, visit).case.state == S.APPROVED


def test_a_refusal_says_why_and_frees_the_places(cast: SimpleNamespace) -> None:
    visit = make.request(cast, make.helper(cast))
    answers = {"code": "V4", "reason": "Группа уедет на экскурсию."}
    visit = take(VisitFlow.refuse, visit, hat(cast, Role.DESK), **answers)
    assert (visit.case.state, used(visit.slot), visit.active) == (S.REFUSED, 0, False)
    decision = visit.case.decisions.get(step="refuse")
    assert (decision.code, decision.reason) == ("V4", "Группа уедет на экскурсию.")


@pytest.mark.parametrize(
    ("code", "reason", "objections"),
    [
        ("V1", "", []),
        ("V2", "", ["no_order"]),
        ("V4", "", ["reason"]),
        ("V5", "  ", ["reason"]),
        ("V5", "Дети попросили перерыв.", []),
    ],
)
def test_only_what_the_system_can_prove_needs_no_words(
    cast: SimpleNamespace, code: str, reason: str, objections: list[str]
) -> None:
    visit = make.request(cast, make.helper(cast))
    try:
        take(VisitFlow.refuse, visit, hat(cast, Role.DESK), code=code, reason=reason)
        found = []
    except Refused as refused:
        found = [one.code for one in refused.objections]
    assert found == objections


def test_an_offered_time_is_held_and_moves_with_its_people(cast: SimpleNamespace) -> None:
    visit = make.request(cast, make.helper(cast), make.helper(cast, "Пётр"))
    first, second = visit.slot, make.slot(cast, 16)
    offer = {"slot": str(second.pk), "supervisor": str(cast.desk.pk), "reason": ""}
    visit = take(VisitFlow.move, visit, hat(cast, Role.DESK), **offer)
    assert (visit.case.state, used(first), used(second)) == (S.OFFERED, 2, 2)
    visit = take(VisitFlow.accept, visit, hat(cast, Role.COORDINATOR))
    assert (visit.case.state, used(first), used(second)) == (S.APPROVED, 0, 2)
    assert (visit.slot, visit.offered_slot, visit.during) == (second, None, second.during)
    parts = visit.participations.values_list("during", flat=True)
    assert list(parts) == [second.during] * 2


def test_an_offered_time_is_not_taken_without_an_agreement(cast: SimpleNamespace) -> None:
    visit = make.request(cast, make.helper(cast))
    other = make.slot(cast, on=make.TOMORROW + timedelta(days=14))
    offer = {"slot": str(other.pk), "supervisor": str(cast.desk.pk), "reason": ""}
    take(VisitFlow.move, visit, hat(cast, Role.DESK), **offer)
    Agreement.objects.filter(pk=visit.agreement_id).update(ended_on=make.TOMORROW)
    with pytest.raises(Refused) as refused:
        take(VisitFlow.accept, visit, hat(cast, Role.COORDINATOR))
    assert (codes(refused), state(visit)) == (["no_agreement"], S.OFFERED)


def test_a_withdrawn_request_frees_both_times(cast: SimpleNamespace) -> None:
    visit = make.request(cast, make.helper(cast))
    second = make.slot(cast, 16)
    offer = {"slot": str(second.pk), "supervisor": str(cast.desk.pk), "reason": ""}
    visit = take(VisitFlow.move, visit, hat(cast, Role.DESK), **offer)
    visit = take(VisitFlow.withdraw, visit, hat(cast, Role.COORDINATOR), reason="")
    assert (visit.case.state, used(visit.slot), used(second)) == (S.WITHDRAWN, 0, 0)


def test_one_of_two_declines_and_the_other_comes(cast: SimpleNamespace) -> None:
    stays, goes = make.helper(cast), make.helper(cast, "Пётр")
    visit = make.booked(cast, stays, goes)
    visit = take(VisitFlow.decline, visit, volunteer_of(goes), reason="")
    assert (visit.case.state, used(visit.slot)) == (S.APPROVED, 1)
    coming = visit.participations.filter(coming=True).values_list("volunteer", flat=True)
    assert list(coming) == [stays.person.pk]
    take(VisitFlow.decline, visit, volunteer_of(goes), reason="")
    assert used(visit.slot) == 1
    assert book_as(goes, cast).case.state == S.REQUESTED


def test_nothing_is_approved_when_everybody_has_declined(cast: SimpleNamespace) -> None:
    only = make.helper(cast)
    visit = make.request(cast, only)
    take(VisitFlow.decline, visit, volunteer_of(only), reason="")
    with pytest.raises(Refused) as refused:
        make.approve(cast, visit)
    assert codes(refused) == ["nobody"]


def test_silence_is_told_once_and_never_approves(cast: SimpleNamespace) -> None:
    visit = make.request(cast, make.helper(cast), on=make.TOMORROW + timedelta(days=14))
    late = NOON + timedelta(days=6)
    assert (sweep(late), sweep(late), sweep(late + timedelta(days=1))) == (1, 0, 0)
    assert state(visit) == S.REQUESTED
    assert visit.case.decisions.filter(step="escalate").count() == 1
    deciders = [cast.desk, cast.director]
    asking = [cast.coordinator, cast.head]
    expected = make.ids([cast.officer, *deciders, *asking])
    assert heard(visit, "visit_escalate", cast) == expected


def test_an_unanswered_request_lapses_when_it_would_begin(cast: SimpleNamespace) -> None:
    visit = make.request(cast, make.helper(cast))
    sweep(at(10, 59))
    assert (state(visit), used(visit.slot)) == (S.REQUESTED, 1)
    sweep(at(11))
    visit = make.again(visit)
    assert (visit.case.state, used(visit.slot), visit.active) == (S.LAPSED, 0, False)
    assert cast.officer.pk in make.told(visit, "visit_lapse")


def test_an_offer_without_an_answer_lapses(cast: SimpleNamespace) -> None:
    visit = make.request(cast, make.helper(cast), on=make.TOMORROW + timedelta(days=14))
    other = make.slot(cast, 16, on=make.TOMORROW + timedelta(days=14))
    offer = {"slot": str(other.pk), "supervisor": str(cast.desk.pk), "reason": ""}
    take(VisitFlow.move, visit, hat(cast, Role.DESK), **offer)
    sweep(NOON + timedelta(days=3))
    assert (state(visit), used(visit.slot), used(other)) == (S.LAPSED, 0, 0)
    assert visit.case.decisions.filter(step="let_lapse").count() == 1


def test_a_closure_cancels_what_stands_inside_it_and_nothing_else(cast: SimpleNamespace) -> None:
    inside = make.booked(cast, make.helper(cast))
    waiting = make.request(cast, make.helper(cast, "Пётр"), hour=16)
    outside = make.booked(cast, make.helper(cast, "Вера"), on=make.TOMORROW + timedelta(days=7))
    close(cast)
    assert [state(one) for one in (inside, waiting, outside)] == [
        S.CANCELLED,
        S.CANCELLED,
        S.APPROVED,
    ]
    inside = make.again(inside)
    assert (inside.active, used(inside.slot)) == (False, 0)
    assert inside.case.decisions.get(step="displace").reason == "52"


def test_standing_consent_books_at_once_who_is_known_here() -> None:
    cast = make.house(level="wide", instant=True)
    known, new = make.helper(cast), make.helper(cast, "Новая")
    visit_often(known, cast.house, until=TODAY)
    assert book_as(known, cast).case.state == S.APPROVED
    assert book_as(new, cast).case.state == S.REQUESTED


@pytest.mark.parametrize(("kind", "expected"), [("E", S.APPROVED), ("C", S.REQUESTED)])
def test_only_where_children_are_must_one_be_known(kind: str, expected: str) -> None:
    cast = make.house(kind=kind, level="wide", instant=True)
    assert book_as(make.helper(cast), cast).case.state == expected


def test_nobody_decides_on_a_visit_of_their_own(cast: SimpleNamespace) -> None:
    who = make.helper(cast)
    factories.member(cast.house.organisation, Role.DIRECTOR, who=who.person)
    visit = book_as(who, cast)
    own = factories.acting(who.person, TODAY, Role.DIRECTOR)
    with pytest.raises(Refused) as refused:
        take(VisitFlow.approve, visit, own, supervisor=str(cast.desk.pk), reason="")
    assert codes(refused) == ["own_case"]
    assert make.approve(cast, visit).case.state == S.APPROVED


def test_a_director_who_volunteers_for_the_ngo_does_not_decide_for_it(
    cast: SimpleNamespace,
) -> None:
    factories.member(cast.ngo.organisation, Role.VOLUNTEER, who=cast.director)
    visit = make.request(cast, make.helper(cast))
    with pytest.raises(Refused) as refused:
        make.approve(cast, visit)
    assert codes(refused) == ["own_case"]


def test_the_last_place_goes_to_whoever_is_first(cast: SimpleNamespace) -> None:
    Slot.objects.filter(pk=make.slot(cast).pk).update(capacity=1)
    make.request(cast, make.helper(cast))
    with pytest.raises(Refused) as refused:
        make.request(cast, make.helper(cast, "Пётр"))
    assert codes(refused) == ["full"]
    assert Visit.objects.count() == 1


def test_the_database_lets_nobody_be_in_two_places(cast: SimpleNamespace) -> None:
    other = another_house(cast)
    who = make.helper(cast)
    here = make.booked(cast, who)
    there = make.request(other, make.helper(other, "Пётр"))
    with pytest.raises(IntegrityError, match="nobody_in_two_places"), transaction.atomic():
        Participation.objects.create(visit=there, volunteer=who.person, during=there.during)
    take(VisitFlow.cancel, here, hat(cast, Role.COORDINATOR), code="K1", reason="Едем позже")
    Participation.objects.create(visit=there, volunteer=who.person, during=there.during)


def test_a_visit_never_points_across_tenants(cast: SimpleNamespace) -> None:
    other = another_house(cast)
    visit = make.request(cast, make.helper(cast))
    foreign_deal = Agreement.objects.get(institution=other.house)
    for column, value, constraint in (
        ("slot_id", make.slot(other).pk, "visit_in_a_slot_of_its_institution"),
        ("offered_slot_id", make.slot(other).pk, "visit_offered_a_slot_of_its_institution"),
        ("agreement_id", foreign_deal.pk, "visit_under_an_agreement_of_its_sides"),
        ("institution_id", other.house.pk, "visit_case_of_its_institution"),
    ):
        with pytest.raises(IntegrityError, match=constraint):
            change("visits_visit", visit.pk, **{column: value})


def test_a_part_follows_its_visit_and_no_other_time(cast: SimpleNamespace) -> None:
    visit = make.request(cast, make.helper(cast))
    with pytest.raises(IntegrityError, match="participation_follows"):
        change("visits_participation", visit.pk, active=False)


def test_a_visit_that_is_over_asks_for_its_hours(cast: SimpleNamespace) -> None:
    came, absent = make.helper(cast), make.helper(cast, "Пётр")
    visit = _finished(cast, came, absent)
    assert (visit.case.state, visit.active, used(visit.slot)) == (S.DONE, False, 2)
    assert visit.participations.get(volunteer=absent.person).state == "absent"
    VisitFlow.close(visit, by=hat(cast, Role.COORDINATOR), at=at(14), key=make.key())
    given = Hours.objects.get()
    assert (given.volunteer, given.minutes, given.confirmed_by) == (
        came.person,
        115,
        cast.coordinator,
    )
    noted = Experience.objects.get(source=f"part-{given.participation_id}")
    assert (noted.volunteer, noted.institution, noted.on) == (
        came.person,
        cast.house,
        make.TOMORROW,
    )


def test_nobody_confirms_their_own_hours(cast: SimpleNamespace) -> None:
    who = make.helper(cast)
    factories.member(cast.ngo.organisation, Role.COORDINATOR, who=who.person)
    visit = _finished(cast, who)
    own = factories.acting(who.person, TODAY, Role.COORDINATOR)
    with pytest.raises(Refused) as refused:
        VisitFlow.close(visit, by=own, at=at(14), key=make.key())
    assert (codes(refused), state(visit)) == (["own_hours"], S.DONE)


def test_hours_that_nobody_confirms_are_asked_for_once(cast: SimpleNamespace) -> None:
    visit = _finished(cast, make.helper(cast))
    late = at(14) + timedelta(days=9)
    assert (sweep(late), sweep(late)) == (1, 0)
    assert heard(visit, "visit_escalate_hours", cast) == make.ids([cast.coordinator, cast.head])


def test_the_same_step_sent_twice_is_one_decision(cast: SimpleNamespace) -> None:
    visit, same = make.request(cast, make.helper(cast)), make.key()
    by = hat(cast, Role.COORDINATOR)
    taken = [VisitFlow.withdraw(visit, by=by, at=NOON, key=same, reason="") for _ in range(2)]
    assert taken[0] == taken[1]
    assert Decision.objects.filter(case=visit.pk).count() == 2


def _finished(cast: SimpleNamespace, came: object, *others: object) -> Visit:
    visit = make.booked(cast, came, *others)
    part = visit.participations.select_related("visit__case", "volunteer").get(
        volunteer=came.person
    )
    for kind, moment in ((GateKind.IN, at(11, 5)), (GateKind.OUT, at(13))):
        by = hat(cast, Role.GATE)
        gate.note(part, kind, by=by, at=moment, key=make.key(), healthy=True)
    assert GateEvent.objects.count() == 2
    sweep(at(13))
    return make.again(visit)


def heard(visit: Visit, kind: str, cast: SimpleNamespace, others: Sequence[User] = ()) -> list[int]:
    """Who of these people heard it; whoever only recorded somebody's clearance is left out."""
    known = {*make.ids([one for one in vars(cast).values() if isinstance(one, User)])}
    known |= {*make.ids(others)}
    return [one for one in make.told(visit, kind) if one in known]


def change(table: str, key: int, **values: object) -> None:
    """What no page offers: a column is written past every rule."""
    names = sql.SQL(", ").join(
        sql.SQL("{} = {}").format(sql.Identifier(name), sql.Literal(value))
        for name, value in values.items()
    )
    key_name = "case_id" if table == "visits_visit" else "visit_id"
    where = sql.SQL("update {} set {} where {} = {}").format(
        sql.Identifier(table), names, sql.Identifier(key_name), sql.Literal(key)
    )
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(where)
        cursor.execute("set constraints all immediate")
