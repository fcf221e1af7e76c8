"""Who volunteers, what is demanded of them, and the test."""

from volunteers.models.people import Volunteer, ngos_of
from volunteers.models.test import Answer, Attempt, Question, QuestionVersion, Topic
from volunteers.models.vetting import CheckedBy, Experience, Outcome, Requirement

__all__ = [
    "Answer",
    "Attempt",
    "CheckedBy",
    "Experience",
    "Outcome",
    "Question",
    "QuestionVersion",
    "Requirement",
    "Topic",
    "Volunteer",
    "ngos_of",
]
