"""How a term came to its end: every day from the event on, and why it counted or did not."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from casework.calendar import (
    SATURDAY,
    Counted,
    Pause,
    WorkingCalendar,
    calendar_of,
    working_calendar,
)
from casework.models import Parameter, Shift, Term
from casework.process import Text
from casework.terms import TURNS, day_of, first_day, last_day, pauses_between

DAY = timedelta(days=1)
WEEK = 7
SHIFTED: dict[str, Text] = {
    Shift.Kind.PAUSED: _("From the next day on the term stands still."),
    Shift.Kind.RESUMED: _("From the next day on the term runs on."),
    Shift.Kind.RECOUNTED: _("Counted anew: the calendar was changed."),
}


@dataclass(frozen=True)
class Day:
    """One day: its number in the term, how it looks in the calendar, and what is to be said."""

    on: date
    number: int | None = None
    mark: str = ""
    why: list[Text] = field(default_factory=list)


@dataclass(frozen=True)
class Counting:
    """The days of a term, by weeks too; its rules, the calendar's version, and the newer one by
    which it would have ended earlier.
    """

    days: list[Day]
    weeks: list[list[Day]]
    rule: Parameter | None
    extension: Parameter | None
    version: int | None
    newer: int | None


def counting(term: Term, at: datetime) -> Counting:
    """How this term was counted; one that ends at a moment of its case has no days."""
    if not term.unit:
        return Counting([], [], None, None, None, None)
    shifts = list(term.shifts.order_by("at", "pk"))
    newest = working_calendar()
    calendar = calendar_of(term.calendar_id or newest.version, newest)
    days = list(_days(term, shifts, calendar, day_of(term, at)))
    runs = term.stopped_at is None and term.paused_at is None and term.due_at > at
    newer = newest.version if runs and newest != calendar else None
    return Counting(days, _weeks(days), *_rules(term, shifts), calendar.version, newer)


def _rules(term: Term, shifts: list[Shift]) -> tuple[Parameter | None, Parameter | None]:
    """The rule it began by, and the one by which it was extended, as they were on that day."""
    wanted = {term.rule: first_day(term)}
    extended = next((one for one in shifts if one.kind == Shift.Kind.EXTENDED), None)
    if extended:
        wanted[extended.rule] = extended.on
    found = {
        one.code: one
        for one in Parameter.objects.filter(code__in=wanted)
        if wanted[one.code] in one.during
    }
    return found.get(term.rule), found.get(extended.rule) if extended else None


def _days(term: Term, shifts: list[Shift], calendar: WorkingCalendar, today: date) -> Iterator[Day]:
    said = _said(term, shifts)
    start = first_day(term)
    yield Day(start, mark="start", why=[_("The day of the event is not counted."), *said[start]])
    base = (term.days or 0) - sum(one.days for one in shifts)
    for one in _counted(term, shifts, calendar):
        ends = one.on == last_day(term) and not term.paused_at
        why = [*_reasons(one, ends=ends), *said[one.on]]
        if one.number == base and base != term.days:
            why.append(_("Without the extension the days would have been over here."))
        if ends:
            why.append(_("The last day of the term, to its end."))
        yield Day(one.on, one.number, "end" if ends else _mark(one, today), why)


def _counted(term: Term, shifts: Iterable[Shift], calendar: WorkingCalendar) -> Iterator[Counted]:
    """The days of the count; of a term that stands still, those it has had."""
    still = pauses_between([one.on for one in shifts if one.kind in TURNS])
    for one in calendar.count(first_day(term), term.days or 1, term.unit, still):
        if _begins_to_stand(still, one.on):
            return
        yield one


def _begins_to_stand(still: tuple[Pause, ...], on: date) -> bool:
    return bool(still) and still[-1].through is None and on > still[-1].after


def _said(term: Term, shifts: Iterable[Shift]) -> dict[date, list[Text]]:
    found: dict[date, list[Text]] = defaultdict(list)
    for one in shifts:
        extended = ngettext("Extended by %(days)d day.", "Extended by %(days)d days.", one.days)
        # Where nothing was left to run on, the last day itself says so.
        if one.kind != Shift.Kind.RESUMED or one.on != last_day(term):
            found[one.on].append(SHIFTED.get(one.kind) or extended % {"days": one.days})
    return found


def _reasons(one: Counted, *, ends: bool) -> Iterator[Text]:
    weekend = one.on.weekday() >= SATURDAY
    if ends and one.number is None:
        yield _("No day was left, and a term ends on a working day on which it runs.")
    elif one.paused:
        yield _("The term stands still, and this day is not counted.")
    elif not one.working:
        yield _("Day off.") if weekend else _("Public holiday or a day off moved here.")
    elif weekend:
        yield _("A working day by the calendar.")


def _mark(one: Counted, today: date) -> str:
    if one.on == today:
        return "now"
    if one.paused and one.working:
        return "still"
    return "rest" if one.number is None else ""


def _weeks(days: list[Day]) -> list[list[Day]]:
    """Whole weeks from Monday on; the days around the term are pale."""
    first, last = days[0].on, days[-1].on
    before = [Day(first - number * DAY, mark="gone") for number in range(first.weekday(), 0, -1)]
    rest = WEEK - 1 - last.weekday()
    after = [Day(last + number * DAY, mark="gone") for number in range(1, rest + 1)]
    whole = [*before, *days, *after]
    return [whole[place : place + WEEK] for place in range(0, len(whole), WEEK)]
