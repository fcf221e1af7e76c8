"""The bank as whoever keeps it sees it: every question with its last version."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery

from registry.queries.cursors import Cursor
from volunteers.models import QuestionChange, QuestionVersion

PAGE = 30
ASKED, RETIRED, ALL = "asked", "retired", "all"

Versions = QuerySet[QuestionVersion, Any]


@dataclass(frozen=True)
class Wanted:
    """What the list is narrowed to; an empty field does not narrow it."""

    text: str = ""
    topic: str = ""
    tier: str = ""
    type: str = ""
    state: str = ASKED
    fault: str = ""


@dataclass(frozen=True)
class Page:
    """One page of the bank, and where the next one begins."""

    rows: list[QuestionVersion]
    after: str = ""


def last_versions() -> Versions:
    """The last version of every question, asked or retired."""
    same = QuestionVersion.objects.filter(question=OuterRef("question")).order_by("-n")
    found = QuestionVersion.objects.filter(pk=Subquery(same.values("pk")[:1]))
    return found.select_related("question")


def narrowed(wanted: Wanted, on: date) -> Versions:
    """The questions that fit, by their code."""
    found = last_versions()
    if wanted.state != ALL:
        retired = Q(retired_on__lte=on)
        found = found.filter(retired if wanted.state == RETIRED else ~retired)
    if wanted.topic:
        found = found.filter(question__topic=wanted.topic)
    if wanted.tier:
        found = found.filter(tiers__contains=[wanted.tier])
    if wanted.type:
        found = found.filter(types__contains=[wanted.type])
    for word in wanted.text.split():
        said = Q(text_ru__icontains=word) | Q(text_en__icontains=word)
        found = found.filter(said | Q(question__code__icontains=word))
    return found


def page(found: Versions, after: Cursor | None, size: int = PAGE) -> Page:
    """The page that begins after this code."""
    if after is not None:
        found = found.filter(question__code__gt=after.name)
    rows = list(found.order_by("question__code")[: size + 1])
    last = rows[size - 1] if len(rows) > size else None
    return Page(rows[:size], Cursor(last.question.code, last.pk).as_text() if last else "")


def versions_of(code: str) -> list[QuestionVersion]:
    """Every version of a question, the newest first; none where there is no such question."""
    found = QuestionVersion.objects.filter(question__code=code).order_by("-n")
    return list(found.select_related("question"))


def changes_waiting() -> QuerySet[QuestionChange, Any]:
    """Proposals that wait for a second person, the oldest first."""
    found = QuestionChange.objects.filter(case__state="proposed").order_by("case__opened_at")
    return found.select_related("case", "question", "proposed_by")


def changes_of(code: str) -> QuerySet[QuestionChange, Any]:
    """Everything that was proposed for a question, the newest first."""
    found = QuestionChange.objects.filter(question__code=code).exclude(case__state="draft")
    people = ("case", "proposed_by", "approved_by", "version")
    return found.select_related(*people).order_by("-case__opened_at")
