"""A change of the calendar as a proposal: which days it still changes, and what it would do."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from casework import yearly
from casework.calendar import WorkingCalendar
from casework.clocks import label_of
from casework.models import CalendarChange, Shift, Term
from casework.process import Text
from casework.recounting import Effect, Move, effect_of
from casework.terms import last_day_before

MOST = 50

WORDS: dict[bool, Text] = {True: _("becomes a working day"), False: _("becomes a day off")}


def waiting() -> QuerySet[CalendarChange, Any]:
    """Changes that wait for a second person."""
    found = CalendarChange.objects.filter(case__state="proposed")
    return found.select_related("case", "proposed_by").order_by("year", "pk")


def days_of(change: CalendarChange) -> dict[date, bool]:
    """The days as the change wants them: read once."""
    if change.given is None:
        change.given = dict(change.days.order_by("on").values_list("on", "working"))
    return change.given


def standing(change: CalendarChange, now: WorkingCalendar) -> tuple[dict[date, bool], bool]:
    """Of its days those that are otherwise now, and whether its year is decreed now."""
    days = {on: works for on, works in days_of(change).items() if now.is_working(on) != works}
    return days, change.year_id in now.decreed


def days_in_words(change: CalendarChange) -> list[tuple[date, Text]]:
    """The days that change, and what they become."""
    return [(on, WORDS[works]) for on, works in days_of(change).items()]


def months(change: CalendarChange, now: WorkingCalendar) -> list[yearly.Month]:
    """The months in which days change, as they were and as they become."""
    days = days_of(change)
    was = now.changed({on: not works for on, works in days.items()}, frozenset())
    rest = yearly.days_off(change.year_id, was) ^ set(days)
    return [one for one in yearly.months(change.year_id, was, rest) if one.changes]


def changed_calendar(change: CalendarChange, now: WorkingCalendar) -> WorkingCalendar:
    """The calendar that the change would make."""
    year = frozenset({change.year_id})
    decreed = now.decreed | year if change.decreed else now.decreed - year
    return now.changed(days_of(change), decreed)


def effect(change: CalendarChange, now: WorkingCalendar, at: datetime) -> Effect:
    """What it would do to the terms that run at this instant."""
    return effect_of(changed_calendar(change, now), at, beside=change.pk)


@dataclass(frozen=True)
class Line:
    """One term with its last day before and after."""

    term: Term
    label: Text
    before: date
    after: date


@dataclass(frozen=True)
class Done:
    """What a change would do or has done: three numbers, and the first terms of two of them."""

    counted: int
    moved: int
    kept: int
    later: list[Line]
    nearer: list[Line]

    @property
    def more_later(self) -> int:
        """How many moved terms are not listed."""
        return self.moved - len(self.later)

    @property
    def more_nearer(self) -> int:
        """How many kept terms are not listed."""
        return self.kept - len(self.nearer)


def done(change: CalendarChange, now: WorkingCalendar, at: datetime) -> Done | None:
    """What it has done once it was confirmed; what it would do while it waits."""
    if change.version_id:
        return _written(change)
    if change.case.state != "proposed":
        return None
    found = effect(change, now, at)
    later, nearer = (_lines(moves[:MOST]) for moves in (found.moved, found.kept))
    return Done(found.counted, len(found.moved), len(found.kept), later, nearer)


def _written(change: CalendarChange) -> Done:
    shifts = Shift.objects.filter(kind=Shift.Kind.RECOUNTED, calendar=change.version_id)
    first = shifts.select_related("term__case").order_by("due_before", "pk")[:MOST]
    lines = [_line(one.term, one.due_before, one.due_at) for one in first]
    return Done(change.counted or 0, change.moved or 0, change.kept or 0, lines, [])


def _lines(moves: Iterable[Move]) -> list[Line]:
    return [_line(one.term, one.term.due_at, one.end) for one in moves]


def _line(term: Term, before: datetime, after: datetime) -> Line:
    days = (last_day_before(end, term) for end in (before, after))
    return Line(term, label_of(term.case.kind, term.name), *days)
