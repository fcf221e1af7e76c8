"""From what a new agreement is begun: an accepted proposal, or an agreement that ends soon."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from accounts.models import Organisation
from casework.models import Case
from institutions.models import Agreement, Proposal, ProposalState
from institutions.queries import sides

DAY = timedelta(days=1)
SIDES = ("case", "ngo__organisation", "institution__organisation", "institution__kind")


@dataclass(frozen=True)
class Beginning:
    """The two sides, what the form begins with, and the proposal it follows from."""

    pair: sides.Pair
    typed: dict[str, Any]
    proposal: Proposal | None = None

    @property
    def ended(self) -> Case | None:
        """The proposal's case where it waits for no agreement: whoever asks is led there."""
        case = self.proposal.case if self.proposal else None
        return case if case and case.state != ProposalState.ACCEPTED else None


def of(own: Organisation, asked: Mapping[str, Any], on: date) -> Beginning | None:
    """What `proposal` or `renews` in the address names, where it is one's own."""
    if ref := asked.get("proposal"):
        proposal = Proposal.objects.of(own).select_related(*SIDES).filter(case__ref=ref).first()
        return _of_proposal(own, proposal, on) if proposal else None
    if ref := asked.get("renews"):
        deal = Agreement.objects.of(own).select_related(*SIDES).filter(case__ref=ref).first()
        return _of_deal(own, deal, on) if deal else None
    return None


def terms_of(deal: Agreement) -> dict[str, Any]:
    """What an agreement says, as the form shows it."""
    return {
        "types": [str(key) for key in deal.covered.values_list("type", flat=True)],
        "from_on": deal.during.lower,
        "through_on": deal.last_on,
        "visits_a_week": deal.visits_a_week,
        "people_a_visit": deal.people_a_visit,
        "note": deal.note,
    }


def _of_proposal(own: Organisation, proposal: Proposal, on: date) -> Beginning:
    said = (text for text in proposal.conditions.values() if text)
    typed = {
        "types": [str(key) for key in proposal.types.values_list("pk", flat=True)],
        "from_on": max(proposal.during.lower, on),
        "through_on": proposal.last_on,
        "visits_a_week": proposal.visits_a_week,
        "people_a_visit": proposal.people_a_visit,
        "note": "\n".join(said),
    }
    return Beginning(_pair(own, proposal), typed, proposal)


def _of_deal(own: Organisation, deal: Agreement, on: date) -> Beginning:
    """The same for as long again, from the day after it ends."""
    first = max(deal.last_on + DAY, on)
    longer = {"from_on": first, "through_on": first + (deal.during.upper - deal.during.lower) - DAY}
    return Beginning(_pair(own, deal), terms_of(deal) | longer)


def _pair(own: Organisation, of: Proposal | Agreement) -> sides.Pair:
    other = of.institution if own.pk == of.ngo_id else of.ngo
    return sides.Pair(of.ngo, of.institution, other.organisation)
