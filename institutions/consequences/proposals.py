"""What follows from the steps of a proposal and of its review before the founder."""

from typing import Any, cast

from accounts.models import User
from casework import terms
from casework.engine import open_case
from casework.process import Ask, Flow, Refused
from institutions.models import FounderReview, Proposal
from institutions.queries.proposals import is_registered
from registry import applying


def begin_registering(ask: Ask[Proposal]) -> None:
    """An NGO that is not registered may propose; its application is begun beside it."""
    assert ask.by is not None  # noqa: S101  (somebody sends it)
    if is_registered(ask.detail.ngo_id, ask.on):
        return
    try:
        applying.begin(ask.detail.ngo, by=cast(User, ask.by.user), at=ask.at)
    except Refused:
        # It is open already, or has to wait: the proposal goes its way all the same.
        return


def note_the_question(ask: Ask[Any]) -> None:
    """What was asked, once."""
    ask.detail.asked = ask.answer("reason")
    ask.detail.save(update_fields=["asked"])


def note_the_answer(ask: Ask[Any]) -> None:
    """What was answered."""
    ask.detail.supplied = ask.answer("reason")
    ask.detail.save(update_fields=["supplied"])


def keep_the_conditions(ask: Ask[Proposal]) -> None:
    """On which conditions it was accepted."""
    ask.detail.conditions = ask.answers
    ask.detail.save(update_fields=["conditions"])


def name_the_assessment(ask: Ask[Proposal]) -> None:
    """The assessment that a refusal rests on is a part of its reason: everybody reads both."""
    said = (ask.answer("reason"), ask.answer("assessment"))
    ask.answers["reason"] = "\n".join(str(one) for one in said if one)


def open_the_review(ask: Ask[Proposal]) -> None:
    """A case of its own, with other people: the founder looks at the refusal."""
    assert ask.by is not None  # noqa: S101  (a person's step)
    flow = Flow.by_kind["founder_review"]
    review = FounderReview(proposal=ask.detail, grounds=ask.answer("reason"))
    review.case = open_case(
        flow,
        owner=applying.department(),
        asker=ask.case.asker,
        by=cast(User, ask.by.user),
        at=ask.at,
    )
    review.save(force_insert=True)
    key = f"review:{ask.case.pk}:{ask.case.version}"
    flow.steps["open"](review, by=None, at=ask.at, key=key, opened=True)


def overturn_the_refusal(ask: Ask[FounderReview]) -> None:
    """The proposal is accepted by the founder's decision."""
    _decide("overturn", ask)


def uphold_the_refusal(ask: Ask[FounderReview]) -> None:
    """The refusal stands."""
    _decide("uphold", ask)


def stop_waiting(ask: Ask[Proposal]) -> None:
    """The registration is there: nobody waits for it any more."""
    terms.running(ask.case, "registration").update(stopped_at=ask.at)


def _decide(step: str, ask: Ask[FounderReview]) -> None:
    proposal, reason = ask.detail.proposal, ask.answer("reason")
    key = f"{step}:{ask.case.pk}"
    Flow.by_kind["proposal"].steps[step](proposal, by=None, at=ask.at, key=key, reason=reason)
