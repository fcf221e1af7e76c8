"""What all processes share: cases, terms, decisions, notices, rules, calendar, trail."""

from casework.models.calendar import CalendarDay, CalendarYear
from casework.models.cases import Case, Concerned, Decision, Detail, Term
from casework.models.invitations import Invitation
from casework.models.notices import Delivery, Notice
from casework.models.rules import Edition, Parameter, Rulebook
from casework.models.trail import ChainHead, Entry
from casework.models.worker import Heartbeat

__all__ = [
    "CalendarDay",
    "CalendarYear",
    "Case",
    "ChainHead",
    "Concerned",
    "Decision",
    "Delivery",
    "Detail",
    "Edition",
    "Entry",
    "Heartbeat",
    "Invitation",
    "Notice",
    "Parameter",
    "Rulebook",
    "Term",
]
