"""How open each site is, when, and under which agreements."""

from institutions.models.agreements import Agreement, AgreementType, AgreementVersion
from institutions.models.briefings import Briefed, Briefing
from institutions.models.doors import Door, GuestMode, Level, Window
from institutions.models.enclosures import Enclosure, EnclosureKind
from institutions.models.handovers import (
    Answer,
    Handover,
    HandoverItem,
    HandoverState,
    ItemKind,
)
from institutions.models.narrowing import NarrowedType
from institutions.models.needs import Need
from institutions.models.proposals import FounderReview, Group, Proposal
from institutions.models.representatives import Representative
from institutions.models.slots import Slot
from institutions.models.states import (
    PUBLISHED,
    SIGNED,
    AgreementState,
    ModeState,
    ProposalState,
    ReviewState,
)

__all__ = [
    "PUBLISHED",
    "SIGNED",
    "Agreement",
    "AgreementState",
    "AgreementType",
    "AgreementVersion",
    "Answer",
    "Briefed",
    "Briefing",
    "Door",
    "Enclosure",
    "EnclosureKind",
    "FounderReview",
    "Group",
    "GuestMode",
    "Handover",
    "HandoverItem",
    "HandoverState",
    "ItemKind",
    "Level",
    "ModeState",
    "NarrowedType",
    "Need",
    "Proposal",
    "ProposalState",
    "Representative",
    "ReviewState",
    "Slot",
    "Window",
]
