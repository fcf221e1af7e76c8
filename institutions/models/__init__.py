"""How open each site is, when, and under which agreements."""

from institutions.models.agreements import Agreement, AgreementType
from institutions.models.doors import Door, GuestMode, Level, Window
from institutions.models.slots import Slot
from institutions.models.states import PUBLISHED, SIGNED, AgreementState, ModeState

__all__ = [
    "PUBLISHED",
    "SIGNED",
    "Agreement",
    "AgreementState",
    "AgreementType",
    "Door",
    "GuestMode",
    "Level",
    "ModeState",
    "Slot",
    "Window",
]
