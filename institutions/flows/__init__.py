"""The processes of this floor; importing them registers them."""

from institutions.flows.agreement import AgreementFlow
from institutions.flows.founder_review import FounderReviewFlow
from institutions.flows.guest_mode import GuestModeFlow
from institutions.flows.handover import HandoverFlow
from institutions.flows.narrowing import NarrowingFlow
from institutions.flows.proposal import ProposalFlow

__all__ = [
    "AgreementFlow",
    "FounderReviewFlow",
    "GuestModeFlow",
    "HandoverFlow",
    "NarrowingFlow",
    "ProposalFlow",
]
