"""Who volunteers, what is demanded of them, and the test."""

from volunteers.models.bank import Marked, QuestionChange
from volunteers.models.bars import (
    Bar,
    BarGround,
    BarMark,
    Halt,
    Likeness,
    PersonSuspension,
    SuspensionGround,
)
from volunteers.models.demands import Demand, RequirementChange
from volunteers.models.more_time import MoreTime
from volunteers.models.people import Volunteer, ngos_of
from volunteers.models.test import Answer, Attempt, Question, QuestionVersion, Topic
from volunteers.models.vetting import CheckedBy, Experience, Outcome, Requirement

__all__ = [
    "Answer",
    "Attempt",
    "Bar",
    "BarGround",
    "BarMark",
    "CheckedBy",
    "Demand",
    "Experience",
    "Halt",
    "Likeness",
    "Marked",
    "MoreTime",
    "Outcome",
    "PersonSuspension",
    "Question",
    "QuestionChange",
    "QuestionVersion",
    "Requirement",
    "RequirementChange",
    "SuspensionGround",
    "Topic",
    "Volunteer",
    "ngos_of",
]
