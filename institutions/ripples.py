"""What changes in the register do here: an NGO that was registered need not wait any longer."""

from collections.abc import Iterable
from typing import Any

from casework import ripple
from casework.process import Ask
from casework.ripple import Touched
from institutions import retiring
from institutions.flows import ProposalFlow
from institutions.models import Proposal, ProposalState


def listen() -> None:
    """Answer to registrations and to changes of the catalogue."""
    ripple.register("type_change", retiring.type_change_touches, retiring.type_change_settles)
    ripple.register("registration", registration_touches, registration_settles)


def registration_touches(ask: Ask[Any]) -> Iterable[Touched]:
    """A registration takes nothing from anybody: there is nothing to confirm."""
    return ()


def registration_settles(ask: Ask[Any]) -> None:
    """The terms that stood still for it run on."""
    waiting = Proposal.objects.filter(
        ngo=ask.detail.ngo_id,
        case__state=ProposalState.ACCEPTED,
        case__terms__paused_at__isnull=False,
        case__terms__stopped_at__isnull=True,
    )
    for proposal in waiting.select_related("case__owner").distinct():
        key = f"registered:{ask.case.pk}:{proposal.pk}"
        ProposalFlow.run_on(proposal, by=None, at=ask.at, key=key)
