"""What all processes share: cases, terms, decisions, notices, rules, calendar, trail."""

from casework.models.absences import Absence
from casework.models.calendar import CalendarDay, CalendarEdit, CalendarVersion, CalendarYear
from casework.models.calendar_changes import CalendarChange, ChangedDay
from casework.models.cases import Case, Concerned, Decision, Detail, Shift, Term
from casework.models.changes import RuleChange
from casework.models.files import File, MediaType, Version
from casework.models.invitations import Invitation
from casework.models.notices import Delivery, Notice
from casework.models.papers import Paper, PaperKind
from casework.models.rules import Edition, Parameter, Rulebook
from casework.models.trail import ChainHead, Entry
from casework.models.worker import Heartbeat

__all__ = [
    "Absence",
    "CalendarChange",
    "CalendarDay",
    "CalendarEdit",
    "CalendarVersion",
    "CalendarYear",
    "Case",
    "ChainHead",
    "ChangedDay",
    "Concerned",
    "Decision",
    "Delivery",
    "Detail",
    "Edition",
    "Entry",
    "File",
    "Heartbeat",
    "Invitation",
    "MediaType",
    "Notice",
    "Paper",
    "PaperKind",
    "Parameter",
    "RuleChange",
    "Rulebook",
    "Shift",
    "Term",
    "Version",
]
