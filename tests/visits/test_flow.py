"""A visit is asked for and answered: who decides, what is held, what is offered instead."""

from datetime import timedelta
from types import SimpleNamespace

import pytest

from accounts.roles import Role
from casework.models import Decision
from casework.process import Refused
from institutions.models import Agreement, Slot
from tests import factories
from tests.visits import receiving as make
from tests.visits.asking import book_as, codes, hat, heard, state, take, used
from tests.visits.receiving import NOON, TODAY
from tests.volunteers.making import visit_often
from visits.flows import VisitFlow
from visits.flows.stages import S
from visits.models import Visit

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


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


def test_the_same_step_sent_twice_is_one_decision(cast: SimpleNamespace) -> None:
    visit, same = make.request(cast, make.helper(cast)), make.key()
    by = hat(cast, Role.COORDINATOR)
    taken = [VisitFlow.withdraw(visit, by=by, at=NOON, key=same, reason="") for _ in range(2)]
    assert taken[0] == taken[1]
    assert Decision.objects.filter(case=visit.pk).count() == 2
