"""Random walks through a proposal: whoever may, takes any step, or nobody does and time passes."""

from datetime import datetime, timedelta
from random import Random
from types import SimpleNamespace
from typing import Any

from casework.engine import offers
from casework.models import Case
from casework.process import Refused, Step, flow_of
from casework.sweep import sweep
from institutions.flows import AgreementFlow, FounderReviewFlow, ProposalFlow
from institutions.models import Agreement, FounderReview, Proposal
from institutions.services.agreements import offer_agreement
from tests.institutions.doing import NOON, days, key, type_
from tests.institutions.proposing import CONDITIONS, acting, again, send

ROLES = ("director", "desk", "head", "coordinator", "commissioner", "registrar")
STEPS = 14
ANSWERS: dict[str, dict[str, Any]] = {
    "accept": CONDITIONS,
    "refuse": {"code": "R5", "reason": "Мало часов", "assessment": ""},
    "decline": {"code": "R9", "reason": "Передумали"},
}


def walk(cast: SimpleNamespace, seed: int) -> list[str]:
    """The names of what happened; after each of it the promises of `check` must hold."""
    chance, at, happened = Random(seed), NOON, []  # noqa: S311  (the same walk each time)
    proposal = send(cast)
    for _ in range(STEPS):
        at += timedelta(hours=chance.randint(1, 200))
        if chance.random() < 0.3:
            sweep(at)
            happened.append("time")
        else:
            happened.append(_move(cast, chance, proposal, at))
        check(again(proposal), at)
    return happened


def check(proposal: Proposal, at: datetime) -> None:
    """Every open case of the proposal has an owner and a date; every closed one has neither."""
    reviews = FounderReview.objects.filter(proposal=proposal).select_related("case")
    deals = Agreement.objects.filter(proposal=proposal).select_related("case")
    for detail in (proposal, *reviews, *deals):
        _owned_and_dated(detail.case)
    stage = ProposalFlow.stages[proposal.case.state]
    open_reviews = [one for one in reviews if one.case.closed_at is None]
    assert len(open_reviews) == bool(stage.waits_for)


def _owned_and_dated(case: Case) -> None:
    stage = flow_of(case).stages[case.state]
    terms = case.terms.filter(stopped_at=None)
    if stage.owner is None:
        assert (case.closed_at is not None, terms.count()) == (True, 0)
        return
    assert case.closed_at is None
    assert stage.waits_for or terms.filter(paused_at=None).exists()
    assert all(term.due_at >= term.started_at for term in terms)


def _move(cast: SimpleNamespace, chance: Random, proposal: Proposal, at: datetime) -> str:
    """One step that the tables offer to somebody, in one of the proposal's cases."""
    role = chance.choice(ROLES)
    by = acting(cast, role, at)
    found: list[tuple[Step, Any]] = []
    for detail in _details(proposal):
        found += [(step, detail) for step, _why_not in offers(detail, by, at)]
    if proposal_is_accepted(proposal) and role in {"head", "director"} and not _deal(proposal):
        _offer(cast, proposal, role, at)
        return f"{role} offers"
    if not found:
        return f"{role} can do nothing"
    step, detail = chance.choice(found)
    try:
        step(detail, by=by, at=at, key=key(), **_answers(step, detail, at))
    except Refused:
        return f"{role} may not {step.name}"
    return f"{role} {step.name}"


def _details(proposal: Proposal) -> list[Any]:
    reviews = FounderReview.objects.filter(proposal=proposal)
    deals = Agreement.objects.filter(proposal=proposal)
    found = [
        Proposal.objects.select_related("case__owner", *ProposalFlow.related).get(pk=proposal.pk),
        *reviews.select_related(*FounderReviewFlow.related),
        *deals.select_related(*AgreementFlow.related),
    ]
    return [one for one in found if one.case.closed_at is None]


def _answers(step: Step, detail: Any, at: datetime) -> dict[str, Any]:
    if step.name == "counter":
        return _terms(at)
    soon = at.date() + days(3)
    asked = {"reason": "Потому что", "through_on": soon, "last_on": soon, "safety": True}
    return ANSWERS.get(step.name, asked if step.asks else {})


def _terms(at: datetime) -> dict[str, Any]:
    return {
        "types": [type_("T01")],
        "from_on": at.date(),
        "through_on": at.date() + days(90),
        "visits_a_week": 1,
        "people_a_visit": 2,
        "note": "",
    }


def _offer(cast: SimpleNamespace, proposal: Proposal, role: str, at: datetime) -> None:
    offer_agreement(
        institution=cast.house,
        ngo=cast.ngo,
        by=acting(cast, role, at),
        at=at,
        key=key(),
        proposal=again(proposal),
        **_terms(at),
    )


def proposal_is_accepted(proposal: Proposal) -> bool:
    """Whether an agreement may follow now."""
    return again(proposal).case.state == "accepted"


def _deal(proposal: Proposal) -> bool:
    return Agreement.objects.filter(proposal=proposal, case__closed_at=None).exists()
