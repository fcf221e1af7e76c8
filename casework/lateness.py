"""The one answer to "is it late?": computed when asked, so that no dead job makes it wrong."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import F, Q, QuerySet

from casework.models import Term
from casework.terms import judged_at, last_day

SOON = timedelta(hours=24)


@dataclass(frozen=True)
class Lateness:
    """How a term stands at an instant: `tone` is "late", "paused", "waiting" or "running"."""

    tone: str
    due_at: datetime
    last_on: date
    overdue: timedelta


def lateness(term: Term, at: datetime) -> Lateness:
    """How this term stands; one that was stopped or stands still is judged by that moment."""
    over = judged_at(term, at) - term.due_at
    soon = "waiting" if -over <= SOON else "running"
    still = "paused" if term.paused_at and not term.stopped_at else soon
    tone = "late" if over >= timedelta(0) else still
    return Lateness(tone, term.due_at, last_day(term), max(over, timedelta(0)))


def late(at: datetime) -> Q:
    """The terms that are late at this instant: the same rule, for the database."""
    moves = Q(paused_at__isnull=True, due_at__lte=at)
    return (moves | Q(due_at__lte=F("paused_at"))) & Q(stopped_at__isnull=True)


def still() -> Q:
    """The terms that stand still by a lawful pause, and were not late when it began."""
    return Q(stopped_at__isnull=True, due_at__gt=F("paused_at"))


def waiting_for_the_sweep(at: datetime) -> QuerySet[Term, Any]:
    """Late terms of which nobody was told yet."""
    return Term.objects.filter(late(at), escalated_at__isnull=True)
