"""A proposal: sent, answered in time, refused with a ground that holds, reviewed, agreed."""

from datetime import date, datetime, time, timedelta
from types import SimpleNamespace

import pytest

from accounts.roles import Role
from casework.models import Decision, Notice, Paper, PaperKind, Term
from casework.process import Refused
from casework.sweep import sweep
from casework.terms import last_day
from institutions.flows import FounderReviewFlow, ProposalFlow
from institutions.models import FounderReview, Proposal, ProposalState, ReviewState, Slot
from institutions.queries import proposals
from registry.models import Application, Registration
from tests import factories
from tests.institutions.doing import MOSCOW, NOON, TODAY, close, days, declare, key, window
from tests.institutions.proposing import CONDITIONS, acting, again, draft, send, take

pytestmark = pytest.mark.django_db


def term(proposal: Proposal, name: str = "decision") -> Term:
    return Term.objects.get(case=proposal.pk, name=name, stopped_at__isnull=True)


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [one.code for one in refused.value.objections]


def state(proposal: Proposal) -> str:
    return again(proposal).case.state


def at(on: date, hour: int = 12) -> datetime:
    return datetime.combine(on, time(hour), MOSCOW)


@pytest.fixture
def commissioner(cast: SimpleNamespace) -> SimpleNamespace:
    cast.commissioner = factories.member(cast.department, Role.COMMISSIONER)
    return cast


def test_a_proposal_is_answered_within_ten_working_days(cast: SimpleNamespace) -> None:
    proposal = send(cast)
    assert state(proposal) == ProposalState.SENT
    # The 12th and the 13th of June 2025 are days off.
    assert last_day(term(proposal)) == date(2025, 6, 18)
    take(ProposalFlow.receive, proposal, cast, "desk", NOON)
    assert state(proposal) == ProposalState.RECEIVED
    assert last_day(term(proposal)) == date(2025, 6, 18)
    take(ProposalFlow.accept, proposal, cast, "director", NOON, **CONDITIONS)
    found = again(proposal)
    assert (found.case.state, found.conditions["risks"]) == ("accepted", CONDITIONS["risks"])
    assert last_day(term(proposal, "agreement")) == date(2025, 6, 24)


def test_an_empty_proposal_is_not_sent(cast: SimpleNamespace) -> None:
    empty = draft(cast, programme=" ", preparation="", experience="", groups=[], types=[])
    with pytest.raises(Refused) as refused:
        take(ProposalFlow.send, empty, cast, "coordinator", NOON)
    assert codes(refused) == ["programme", "preparation", "experience", "groups", "types"]


def test_the_term_gets_longer_once_when_information_is_requested(cast: SimpleNamespace) -> None:
    proposal = send(cast)
    take(ProposalFlow.request_information, proposal, cast, "director", NOON, reason="Кто готовит?")
    assert last_day(term(proposal)) == date(2025, 7, 2)
    assert last_day(term(proposal, "supply")) == date(2025, 6, 18)
    take(ProposalFlow.supply, proposal, cast, "coordinator", NOON, reason="Психолог")
    assert (state(proposal), last_day(term(proposal))) == ("supplied", date(2025, 7, 2))
    assert again(proposal).supplied == "Психолог"


def test_the_term_is_not_extended_a_second_time_nor_after_it_passed(cast: SimpleNamespace) -> None:
    proposal = send(cast)
    take(ProposalFlow.request_information, proposal, cast, "director", NOON, reason="Кто?")
    later = at(date(2025, 6, 19))
    sweep(later)
    assert state(proposal) == ProposalState.RECEIVED
    with pytest.raises(Refused) as refused:
        take(ProposalFlow.request_information, proposal, cast, "director", later, reason="Ещё?")
    assert codes(refused) == ["extended"]
    late = send(cast)
    passed = at(date(2025, 6, 19))
    with pytest.raises(Refused) as refused:
        take(ProposalFlow.request_information, late, cast, "director", passed, reason="Ещё?")
    assert codes(refused) == ["passed"]


def test_silence_goes_to_the_department_once_and_keeps_the_place(cast: SimpleNamespace) -> None:
    proposal = send(cast)
    late = at(date(2025, 6, 19), 0)
    for _ in range(5):
        sweep(late)
    assert state(proposal) == ProposalState.SENT
    told = Notice.objects.filter(kind="proposal_escalate").values_list("person", flat=True)
    sides = {cast.director.pk, cast.desk.pk, cast.head.pk, cast.coordinator.pk}
    assert set(told) == sides | {cast.registrar.pk}
    assert Decision.objects.filter(case=proposal.pk, step="escalate").count() == 1
    assert proposals.record(cast.house.pk, late) == proposals.Record(0, 0, 1)
    take(ProposalFlow.accept, proposal, cast, "director", late, **CONDITIONS)
    assert proposals.record(cast.house.pk, late) == proposals.Record(0, 1, 0)


def test_capacity_is_a_ground_only_where_every_place_is_taken(cast: SimpleNamespace) -> None:
    proposal = send(cast)
    declare(cast.site, windows=[window(5, capacity=2)])
    refusal = {"code": "R6", "reason": "Нет мест", "assessment": ""}
    with pytest.raises(Refused) as refused:
        take(ProposalFlow.refuse, proposal, cast, "director", NOON, **refusal)
    assert codes(refused) == ["R6"]
    Slot.objects.update(used=2)
    take(ProposalFlow.refuse, proposal, cast, "director", NOON, **refusal)
    assert state(proposal) == ProposalState.REFUSED


def test_a_calendar_without_times_proves_nothing(cast: SimpleNamespace) -> None:
    proposal = send(cast)
    refusal = {"code": "R6", "reason": "Нет мест", "assessment": ""}
    with pytest.raises(Refused) as refused:
        take(ProposalFlow.refuse, proposal, cast, "director", NOON, **refusal)
    assert codes(refused) == ["R6"]


def test_an_epidemic_is_a_ground_only_under_an_order_in_force(cast: SimpleNamespace) -> None:
    proposal = send(cast)
    refusal = {"code": "R7", "reason": "Карантин", "assessment": ""}
    with pytest.raises(Refused) as refused:
        take(ProposalFlow.refuse, proposal, cast, "director", NOON, **refusal)
    assert codes(refused) == ["R7"]
    close(cast.site, TODAY, TODAY + days(7))
    take(ProposalFlow.refuse, proposal, cast, "director", NOON, **refusal)
    assert state(proposal) == ProposalState.REFUSED


@pytest.mark.parametrize(
    ("code", "field"), [("R1", "code"), ("R3", "code"), ("R4", "code"), ("R8", "assessment")]
)
def test_what_the_product_sees_for_itself_must_bear_the_ground_out(
    cast: SimpleNamespace, code: str, field: str
) -> None:
    proposal = send(cast)
    answers = {"code": code, "reason": "Так", "assessment": ""}
    with pytest.raises(Refused) as refused:
        take(ProposalFlow.refuse, proposal, cast, "director", NOON, **answers)
    assert [(one.code, one.field) for one in refused.value.objections] == [(code, field)]


def test_what_was_asked_for_is_not_missing_while_it_may_still_come(cast: SimpleNamespace) -> None:
    proposal = send(cast)
    take(ProposalFlow.request_information, proposal, cast, "director", NOON, reason="Кто?")
    refusal = {"code": "R1", "reason": "Не сказали", "assessment": ""}
    with pytest.raises(Refused) as refused:
        take(ProposalFlow.refuse, proposal, cast, "director", NOON, **refusal)
    assert codes(refused) == ["R1"]
    later = at(date(2025, 6, 19))
    sweep(later)
    take(ProposalFlow.refuse, proposal, cast, "director", later, **refusal)
    assert state(proposal) == ProposalState.REFUSED


def test_the_assessment_stands_beside_the_reason(cast: SimpleNamespace) -> None:
    answers = {"code": "R8", "reason": "Тревожит детей", "assessment": "Психолог, 3 марта"}
    proposal = send(cast)
    take(ProposalFlow.refuse, proposal, cast, "director", NOON, **answers)
    decision = Decision.objects.get(case=proposal.pk, step="refuse")
    assert decision.reason == "Тревожит детей\nПсихолог, 3 марта"
    told = Notice.objects.filter(case=proposal.pk, kind="proposal_refuse")
    assert {one.values["reason"] for one in told} == {decision.reason}


def test_a_director_who_volunteers_for_the_ngo_does_not_decide(cast: SimpleNamespace) -> None:
    factories.member(cast.ngo.organisation, Role.VOLUNTEER, who=cast.director)
    proposal = send(cast)
    with pytest.raises(Refused) as refused:
        take(ProposalFlow.accept, proposal, cast, "director", NOON, **CONDITIONS)
    assert codes(refused) == ["own_case"]


def refused_one(cast: SimpleNamespace) -> Proposal:
    proposal = send(cast)
    answers = {"code": "R5", "reason": "Мало часов", "assessment": ""}
    take(ProposalFlow.refuse, proposal, cast, "director", NOON, **answers)
    return proposal


def test_the_founder_overturns_a_refusal(commissioner: SimpleNamespace) -> None:
    cast = commissioner
    proposal = refused_one(cast)
    take(ProposalFlow.ask_founder, proposal, cast, "head", NOON, reason="Часы названы")
    review = FounderReview.objects.get(proposal=proposal)
    assert (state(proposal), review.case.state) == (ProposalState.REVIEW, ReviewState.OPEN)
    assert last_day(term(review, "review")) == date(2025, 6, 18)
    take(FounderReviewFlow.overturn, review, cast, "commissioner", NOON, reason="Часов хватает")
    assert state(proposal) == ProposalState.ACCEPTED
    assert last_day(term(proposal, "agreement")) == date(2025, 6, 24)


def test_the_founder_lets_a_refusal_stand(commissioner: SimpleNamespace) -> None:
    cast = commissioner
    proposal = refused_one(cast)
    take(ProposalFlow.ask_founder, proposal, cast, "head", NOON, reason="Часы названы")
    review = FounderReview.objects.get(proposal=proposal)
    take(FounderReviewFlow.uphold, review, cast, "commissioner", NOON, reason="Часов мало")
    assert (state(proposal), term_names(proposal)) == (ProposalState.CLOSED, [])
    paper = Paper.objects.get(kind=PaperKind.REVIEW)
    assert (paper.case, paper.organisation.kind, paper.language) == (
        proposal.case,
        "department",
        "ru",
    )
    said = ("proposal", "code", "refused_because", "disagreed", "reason", "refused_on")
    assert [paper.values[name] for name in said] == [
        proposal.case.ref,
        "R5",
        "Мало часов",
        "Часы названы",
        "Часов мало",
        "2025-06-02",
    ]


def term_names(proposal: Proposal) -> list[str]:
    return list(proposal.case.terms.filter(stopped_at=None).values_list("name", flat=True))


def test_another_ground_goes_to_the_department_by_itself(commissioner: SimpleNamespace) -> None:
    cast = commissioner
    proposal = send(cast)
    take(ProposalFlow.refer, proposal, cast, "director", NOON, reason="Соседи против")
    review = FounderReview.objects.get(proposal=proposal)
    assert (state(proposal), review.grounds) == (ProposalState.REVIEW, "Соседи против")


def test_whoever_works_in_the_institution_does_not_review_it(commissioner: SimpleNamespace) -> None:
    cast = commissioner
    factories.member(cast.house.organisation, Role.NURSE, who=cast.commissioner)
    proposal = refused_one(cast)
    take(ProposalFlow.ask_founder, proposal, cast, "head", NOON, reason="Часы названы")
    review = FounderReview.objects.get(proposal=proposal)
    with pytest.raises(Refused) as refused:
        take(FounderReviewFlow.uphold, review, cast, "commissioner", NOON, reason="Нет")
    assert codes(refused) == ["own_side"]


def test_a_refusal_stands_when_nobody_goes_to_the_founder(cast: SimpleNamespace) -> None:
    proposal = refused_one(cast)
    assert last_day(term(proposal, "founder")) == date(2025, 7, 2)
    sweep(at(date(2025, 7, 3)))
    assert state(proposal) == ProposalState.CLOSED


def test_an_ngo_that_is_not_registered_may_propose(cast: SimpleNamespace) -> None:
    Registration.objects.filter(ngo=cast.ngo).update(withdrawn_on=TODAY - days(1))
    proposal = send(cast)
    assert Application.objects.filter(ngo=cast.ngo).count() == 1
    take(ProposalFlow.accept, proposal, cast, "director", NOON, **CONDITIONS)
    waiting = term(proposal, "agreement")
    assert (waiting.paused_at, last_day(term(proposal, "registration"))) == (
        NOON,
        date(2025, 9, 1),
    )
    sweep(at(date(2025, 8, 1)))
    assert term(proposal, "agreement").escalated_at is None
    sweep(at(date(2025, 9, 2)))
    assert state(proposal) == ProposalState.LAPSED


def test_the_term_runs_on_with_the_registration(cast: SimpleNamespace) -> None:
    Registration.objects.filter(ngo=cast.ngo).update(withdrawn_on=TODAY - days(1))
    proposal = send(cast)
    take(ProposalFlow.accept, proposal, cast, "director", NOON, **CONDITIONS)
    later = NOON + timedelta(days=7)
    ProposalFlow.run_on(proposal, by=None, at=later, key=key())
    running = term(proposal, "agreement")
    assert (running.paused_at, last_day(running)) == (None, date(2025, 7, 1))
    assert term_names(proposal) == ["agreement"]


@pytest.mark.parametrize("role", ["desk", "head", "registrar"])
def test_only_the_director_decides(cast: SimpleNamespace, role: str) -> None:
    proposal = send(cast)
    with pytest.raises(Refused) as refused:
        ProposalFlow.accept(proposal, by=acting(cast, role), at=NOON, key=key(), **CONDITIONS)
    assert codes(refused) == ["not_yours"]
