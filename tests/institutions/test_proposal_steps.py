"""Whoever a proposal's step is not offered to is refused it, in every state and in every role."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import cache
from types import SimpleNamespace
from typing import Any

import pytest

from accounts.hats import Acting
from accounts.roles import ROLES_OF, OrganisationKind, Role
from casework.engine import CHANGED, NOT_YOURS, offers
from casework.process import Refused, Step
from casework.sweep import sweep
from institutions.flows import FounderReviewFlow, ProposalFlow
from institutions.models import FounderReview, Proposal, ProposalState
from oversight.describing.steps import everybody, marks
from registry.models import Registration
from tests import factories
from tests.institutions.doing import NOON, TODAY, agree, days
from tests.institutions.proposing import CONDITIONS, again, draft, send, take

pytestmark = pytest.mark.django_db
REFUSAL = {"code": "R5", "reason": "Мало часов", "assessment": ""}
LATER = NOON + timedelta(days=120)
STEPS = ProposalFlow.steps

Made = Callable[[SimpleNamespace], Proposal]


def after(*steps: tuple[Step, str, dict[str, Any]]) -> Made:
    """A sent proposal after these steps."""

    def made(cast: SimpleNamespace) -> Proposal:
        proposal = send(cast)
        for step, role, answers in steps:
            take(step, proposal, cast, role, NOON, **answers)
        return proposal

    return made


def reviewed(cast: SimpleNamespace) -> Proposal:
    """A refusal that the founder lets stand."""
    proposal = REACHED[ProposalState.REVIEW](cast)
    review = FounderReview.objects.get(proposal=proposal)
    take(FounderReviewFlow.uphold, review, cast, "commissioner", NOON, reason="Часов мало")
    return proposal


def agreed(cast: SimpleNamespace) -> Proposal:
    """The agreement that follows is signed by both sides."""
    proposal = again(REACHED[ProposalState.ACCEPTED](cast))
    agree(cast, proposal=proposal)
    return proposal


def lapsed(cast: SimpleNamespace) -> Proposal:
    """Accepted, and the NGO was not registered in time."""
    Registration.objects.filter(ngo=cast.ngo).update(withdrawn_on=TODAY - days(1))
    proposal = REACHED[ProposalState.ACCEPTED](cast)
    sweep(LATER)
    return proposal


def discarded(cast: SimpleNamespace) -> Proposal:
    """A draft that was thrown away."""
    proposal = draft(cast)
    take(ProposalFlow.discard, proposal, cast, "coordinator", NOON)
    return proposal


ASK = (ProposalFlow.request_information, "director", {"reason": "Кто готовит?"})
REFUSE = (ProposalFlow.refuse, "director", REFUSAL)
REACHED: dict[str, Made] = {
    ProposalState.DRAFT: draft,
    ProposalState.SENT: after(),
    ProposalState.RECEIVED: after((ProposalFlow.receive, "desk", {})),
    ProposalState.ASKED: after(ASK),
    ProposalState.SUPPLIED: after(ASK, (ProposalFlow.supply, "coordinator", {"reason": "Мы"})),
    ProposalState.ACCEPTED: after((ProposalFlow.accept, "director", CONDITIONS)),
    ProposalState.REFUSED: after(REFUSE),
    ProposalState.REVIEW: after(REFUSE, (ProposalFlow.ask_founder, "head", {"reason": "Есть"})),
    ProposalState.AGREED: agreed,
    ProposalState.CLOSED: reviewed,
    ProposalState.WITHDRAWN: after((ProposalFlow.withdraw, "head", {"reason": ""})),
    ProposalState.LAPSED: lapsed,
    ProposalState.DISCARDED: discarded,
}


def people(cast: SimpleNamespace) -> dict[str, Acting | None]:
    """Everybody of the page of steps in this case, by the name they have there."""
    sides = {
        "decides": {OrganisationKind.INSTITUTION: cast.house.organisation},
        "asks": {OrganisationKind.NGO: cast.ngo.organisation},
        "elsewhere": {
            OrganisationKind.INSTITUTION: factories.institution().organisation,
            OrganisationKind.NGO: factories.ngo().organisation,
        },
        "": {OrganisationKind.DEPARTMENT: cast.department},
    }
    found: dict[str, Acting | None] = {"no person": None}
    for where, organisations in sides.items():
        for kind, organisation in organisations.items():
            for role in ROLES_OF[kind]:
                who = factories.member(organisation, role)
                name = ", ".join(filter(None, (str(Role(role).label), where)))
                found[name] = factories.acting(who, TODAY, role)
    return found


@cache
def given() -> dict[str, set[str]]:
    """Whom the page of steps gives each step, by name."""
    return {name: set(marks(ProposalFlow, step)) for name, step in STEPS.items()}


@pytest.mark.parametrize("state", ProposalState.values)
def test_what_is_not_offered_is_refused(cast: SimpleNamespace, state: str) -> None:
    # Given a proposal in this state, and everybody who may come by
    cast.commissioner = factories.member(cast.department, Role.COMMISSIONER)
    proposal = again(REACHED[state](cast))
    at = LATER if state == ProposalState.LAPSED else NOON
    known = people(cast)
    assert known.keys() <= {one.name for one in everybody()}

    for name, by in known.items():
        # Then they are offered what the page of steps gives them here
        said = {
            one for one, step in STEPS.items() if state in step.sources and name in given()[one]
        }
        if by is not None:
            assert (name, {step.name for step, _why in offers(proposal, by, at)}) == (name, said)
        # When they try anything else, it is not theirs, or not to be taken now
        for one in STEPS.keys() - said:
            expected = CHANGED if name in given()[one] else NOT_YOURS
            assert (name, one, refusal(STEPS[one], proposal, by, at)) == (name, one, expected)
    assert again(proposal).case.state == state


def refusal(step: Step, proposal: Proposal, by: Acting | None, at: datetime) -> Any:
    # `opened`: within the test's transaction there is nothing newer to read, nobody to lock out.
    with pytest.raises(Refused) as refused:
        step(proposal, by=by, at=at, key="refused", opened=True)
    (objection,) = refused.value.objections
    return objection
