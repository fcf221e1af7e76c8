"""Visits, who takes part, the gate, the hours, and what is told to the Department."""

from visits.models.concerns import Concern, ConcernKind
from visits.models.gate import GateEvent, GateKind, Hours
from visits.models.visit import Participation, Visit

__all__ = [
    "Concern",
    "ConcernKind",
    "GateEvent",
    "GateKind",
    "Hours",
    "Participation",
    "Visit",
]
