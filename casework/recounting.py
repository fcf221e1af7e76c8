"""What a changed calendar does to the terms that run: they are counted anew, and none gets shorter.

A term that stands still is counted when it runs on, and one that has passed stays passed.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import OuterRef, QuerySet, Subquery

from casework.calendar import Pause, WorkingCalendar
from casework.models import Shift, Term
from casework.terms import (
    TURNS,
    day_of,
    first_day,
    last_day_before,
    midnight_after,
    pauses_between,
)

AT_ONCE = 2_000
COUNTED = ("wd", "cd")


@dataclass(frozen=True)
class Move:
    """A term, and where its end would lie by the changed calendar."""

    term: Term
    end: datetime

    @property
    def last_before(self) -> date:
        """The last day as it is."""
        return last_day_before(self.term.due_at, self.term)

    @property
    def last_after(self) -> date:
        """The last day by the changed calendar."""
        return last_day_before(self.end, self.term)


@dataclass
class Effect:
    """The running terms by what a changed calendar does: later, the same, nearer (so they stay)."""

    moved: list[Move] = field(default_factory=list)
    same: list[Move] = field(default_factory=list)
    kept: list[Move] = field(default_factory=list)

    @property
    def counted(self) -> int:
        """How many are counted anew."""
        return len(self.moved) + len(self.same) + len(self.kept)


def effect_of(calendar: WorkingCalendar, at: datetime, *, beside: int | None = None) -> Effect:
    """What this calendar would do to the terms that run at this instant: two queries.

    `beside` is a case whose own terms end with the change.
    """
    found, ends = Effect(), _ends(calendar)
    terms = _running(at, beside)
    still = _pauses(terms)
    for term in terms:
        move = Move(term, ends(term, still.get(term.pk, ())))
        if move.end > term.due_at:
            found.moved.append(move)
        elif move.end == term.due_at:
            found.same.append(move)
        else:
            found.kept.append(move)
    return found


def hold_still() -> None:
    """Let no term begin or change until this transaction ends; reading goes on."""
    with connection.cursor() as cursor:
        cursor.execute("lock table casework_term in exclusive mode")


def recount(calendar: WorkingCalendar, at: datetime, *, beside: int | None = None) -> Effect:
    """Count every running term by this calendar, with a shift for each that moves.

    The caller holds the terms still and has written the calendar's version.
    """
    effect = effect_of(calendar, at, beside=beside)
    _write(effect.moved, calendar, at)
    # Whose end stays the same was counted by this calendar too; one that is kept names the old.
    _all(effect.same).update(calendar=calendar.version)
    _say_what_is_provisional(effect, calendar)
    return effect


def _write(moved: list[Move], calendar: WorkingCalendar, at: datetime) -> None:
    Shift.objects.bulk_create(
        (
            Shift(
                term=one.term,
                kind=Shift.Kind.RECOUNTED,
                at=at,
                on=day_of(one.term, at),
                calendar_id=calendar.version,
                due_before=one.term.due_at,
                due_at=one.end,
            )
            for one in moved
        ),
        batch_size=AT_ONCE,
    )
    written = Shift.objects.filter(
        term=OuterRef("pk"), kind=Shift.Kind.RECOUNTED, calendar=calendar.version
    )
    _all(moved).update(due_at=Subquery(written.values("due_at")[:1]), calendar=calendar.version)


def _say_what_is_provisional(effect: Effect, calendar: WorkingCalendar) -> None:
    changed: dict[bool, list[Move]] = {True: [], False: []}
    for one in (*effect.moved, *effect.same, *effect.kept):
        last = last_day_before(max(one.end, one.term.due_at), one.term)
        provisional = calendar.is_provisional(first_day(one.term), last)
        if provisional != one.term.provisional:
            changed[provisional].append(one)
    for provisional, moves in changed.items():
        _all(moves).update(provisional=provisional)


def _all(moves: Iterable[Move]) -> QuerySet[Term, Any]:
    return Term.objects.filter(pk__in=[one.term.pk for one in moves])


def _running(at: datetime, beside: int | None) -> list[Term]:
    """Terms counted in days that neither stand still nor have passed, the nearest first."""
    found = Term.objects.filter(
        stopped_at__isnull=True, paused_at__isnull=True, unit__in=COUNTED, due_at__gt=at
    )
    return list(found.exclude(case=beside).select_related("case").order_by("due_at", "pk"))


def _pauses(terms: Iterable[Term]) -> dict[int, tuple[Pause, ...]]:
    """When each of them stood still: one query."""
    turns = Shift.objects.filter(term__in=[term.pk for term in terms], kind__in=TURNS)
    days: dict[int, list[date]] = defaultdict(list)
    for term, on in turns.order_by("at", "pk").values_list("term", "on"):
        days[term].append(on)
    return {term: pauses_between(found) for term, found in days.items()}


def _ends(calendar: WorkingCalendar) -> Callable[[Term, tuple[Pause, ...]], datetime]:
    """The end of a term by this calendar; many begin on one day and are counted once."""
    due = cache(calendar.due)

    def end(term: Term, still: tuple[Pause, ...]) -> datetime:
        return midnight_after(due(first_day(term), term.days or 1, term.unit, still), term)

    return end
