"""Whose move it is in each state of a proposal and of a founder review, and by when."""

from django.utils.translation import gettext_lazy as _

from casework.parties import department, reviewer
from casework.process import Ask, Clock, Length, Stage
from casework.terms import calendar_days, working_days
from institutions.models import Proposal, ProposalState, ReviewState
from institutions.parties import coordinators, director, either_side, head
from institutions.queries.proposals import is_registered

P, F = ProposalState, ReviewState


def _agreement(ask: Ask[Proposal]) -> Length:
    """The agreement's term stands still until the NGO is registered."""
    still = not is_registered(ask.detail.ngo_id, ask.on)
    return Length(
        ask.rules.number("proposal.agreement"), "wd", rule="proposal.agreement", still=still
    )


def _registration(ask: Ask[Proposal]) -> Length | None:
    """How long an acceptance waits for the registration, where there is something to wait for."""
    if is_registered(ask.detail.ngo_id, ask.on):
        return None
    return Length(ask.rules.number("proposal.registration"), "cd", rule="proposal.registration")


decision = Clock("decision", _("Decision"), working_days("proposal.answer"), "escalate")
supplying = Clock(
    "supply", _("Information from the NGO"), working_days("proposal.supply"), "not_supplied"
)
agreeing = Clock("agreement", _("Agreement"), _agreement, "escalate_agreement")
registering = Clock("registration", _("Registration of the NGO"), _registration, "lapse")
to_founder = Clock("founder", _("Way to the founder"), calendar_days("proposal.founder"), "close")
PROPOSAL_STAGES: dict[str, Stage] = {
    P.DRAFT: Stage(P.DRAFT.label, coordinators),
    P.SENT: Stage(P.SENT.label, director, (decision,), "waiting"),
    P.RECEIVED: Stage(P.RECEIVED.label, director, (decision,), "waiting"),
    P.ASKED: Stage(P.ASKED.label, coordinators, (decision, supplying), "waiting"),
    P.SUPPLIED: Stage(P.SUPPLIED.label, director, (decision,), "waiting"),
    P.ACCEPTED: Stage(P.ACCEPTED.label, either_side, (agreeing, registering), "done"),
    P.REFUSED: Stage(P.REFUSED.label, head, (to_founder,), "late"),
    P.REVIEW: Stage(P.REVIEW.label, department, tone="waiting", waits_for="founder_review"),
    P.AGREED: Stage(P.AGREED.label, tone="done"),
    P.CLOSED: Stage(P.CLOSED.label, tone="late"),
    P.WITHDRAWN: Stage(P.WITHDRAWN.label),
    P.LAPSED: Stage(P.LAPSED.label),
    P.DISCARDED: Stage(P.DISCARDED.label),
}

reviewing = Clock("review", _("Review"), working_days("review.answer"), "escalate")
telling = Clock(
    "supply", _("Information from the NGO"), working_days("review.supply"), "not_supplied"
)
REVIEW_STAGES: dict[str, Stage] = {
    F.DRAFT: Stage(F.DRAFT.label, reviewer),
    F.OPEN: Stage(F.OPEN.label, reviewer, (reviewing,), "waiting"),
    F.ASKED: Stage(F.ASKED.label, head, (reviewing, telling), "waiting"),
    F.OVERTURNED: Stage(F.OVERTURNED.label, tone="done"),
    F.UPHELD: Stage(F.UPHELD.label, tone="late"),
}
