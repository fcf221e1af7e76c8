"""Terms as rows: started when a stage is entered, stopped when it is left.

Between the two a term may be extended once, stand still, or be counted anew by a changed calendar.
Each of these is kept as a shift, and none of them ever brings the end nearer.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from casework.calendar import Pause, WorkingCalendar, calendar_of, working_calendar
from casework.models import Case, Shift, Term
from casework.process import Ask, Clock, Length, Objection, Refused, Stage

DAY = timedelta(days=1)
MOVING = ("due_at", "days", "calendar", "provisional", "extended_at", "paused_at")
TURNS = (Shift.Kind.PAUSED, Shift.Kind.RESUMED)
EXTENDED_ONCE = Objection(
    "extended",
    _("The term was extended already, and a second time is not possible."),
    _("Decide by what is known now."),
)
PASSED = Objection(
    "passed",
    _("The term has passed and can no longer be extended."),
    _("Decide by what is known now."),
)


def working_days(code: str) -> Callable[[Ask[Any]], Length]:
    """A length in working days that a rule parameter names."""
    return _days(code, "wd")


def calendar_days(code: str) -> Callable[[Ask[Any]], Length]:
    """A length in calendar days that a rule parameter names."""
    return _days(code, "cd")


def until(moment: Any) -> Any:
    """A length that ends at an instant which the case itself names; None is no end."""

    def length(ask: Ask[Any]) -> Length | None:
        end = moment(ask.detail)
        return None if end is None else Length(until=max(end, ask.at))

    return length


def running(case: Case, *names: str) -> QuerySet[Term, Any]:
    """The open terms of these names."""
    return Term.objects.filter(case=case, name__in=names, stopped_at__isnull=True)


def renew(ask: Ask[Any], before: Stage, after: Stage) -> None:
    """Stop the open terms that the stage entered does not have, start those it has; let them
    stand still or run on as it says.
    """
    had, has = ({clock.name for clock in stage.clocks} for stage in (before, after))
    open_terms = Term.objects.filter(case=ask.case, stopped_at__isnull=True)
    if had - has:
        open_terms.exclude(name__in=has).update(stopped_at=ask.at)
    runs_on = set(open_terms.values_list("name", flat=True)) if had & has else set()
    start(ask, [clock for clock in after.clocks if clock.name not in runs_on])
    if still := set(after.pauses) - set(before.pauses):
        pause(ask, *still)
    if moving := (set(before.pauses) - set(after.pauses)) & has:
        resume(ask, *moving)


def start(ask: Ask[Any], clocks: Iterable[Clock]) -> None:
    """New terms from the ask's instant."""
    asked = [(clock, clock.length(ask)) for clock in clocks]
    lengths = [(clock, length) for clock, length in asked if length is not None]
    if not lengths:
        return
    counted = any(length.unit for _clock, length in lengths)
    calendar = working_calendar(ask.rules.calendar) if counted else None
    Term.objects.bulk_create(_term(ask, clock, length, calendar) for clock, length in lengths)
    if still := [clock.name for clock, length in lengths if length.still]:
        pause(ask, *still)


def restart(ask: Ask[Any], stage: Stage, names: Sequence[str]) -> None:
    """These clocks of the stage begin anew; what ran of them is stopped."""
    if names:
        running(ask.case, *names).update(stopped_at=ask.at)
        start(ask, [clock for clock in stage.clocks if clock.name in names])


def why_not_extended(ask: Ask[Any], name: str) -> Iterable[Objection]:
    """A term is extended once, and not after it has passed."""
    for term in running(ask.case, name):
        yield from _why_not(term, ask.at)


def extend(ask: Ask[Any], name: str, rule: str) -> None:
    """The running term gets longer by the days of a rule; raises Refused where it may not."""
    found, more = _held(running(ask.case, name)), ask.rules.number(rule)
    if why_not := [one for term in found for one in _why_not(term, ask.at)]:
        raise Refused(*why_not)
    for term in found:
        term.days, term.extended_at = (term.days or 0) + more, ask.at
        # One that stands still is counted when it runs on.
        still = None if term.paused_at else pauses(term)
        _shift(ask, term, Shift.Kind.EXTENDED, still, days=more, rule=rule)


def pause(ask: Ask[Any], *names: str) -> None:
    """The terms stand still from the next day on; one that ends at a moment never does."""
    if not names:
        return
    for term in _held(running(ask.case, *names).filter(paused_at__isnull=True).exclude(unit="")):
        term.paused_at = ask.at
        _shift(ask, term, Shift.Kind.PAUSED)


def resume(ask: Ask[Any], *names: str) -> None:
    """The terms run on from the next day: what was left of them is left.

    One that had passed before it stood still has passed.
    """
    if not names:
        return
    for term in _held(running(ask.case, *names).filter(paused_at__isnull=False)):
        passed, stood_since = has_passed(term, ask.at), day_of(term, term.paused_at)
        term.paused_at = None
        still = (*pauses(term)[:-1], Pause(stood_since, day_of(term, ask.at)))
        _shift(ask, term, Shift.Kind.RESUMED, None if passed else still)


def pauses(term: Term) -> tuple[Pause, ...]:
    """When it stood still, the pause that lasts among them."""
    turns = term.shifts.filter(kind__in=TURNS).order_by("at", "pk")
    return pauses_between(list(turns.values_list("on", flat=True)))


def pauses_between(days: Sequence[date]) -> tuple[Pause, ...]:
    """The pauses that began and ended on these days by turns."""
    ends: list[date | None] = [*days[1::2], None]
    return tuple(Pause(after, through) for after, through in zip(days[::2], ends, strict=False))


def judged_at(term: Term, at: datetime) -> datetime:
    """The moment by which a term is judged: time ends for it where it stood still or stopped."""
    return term.paused_at or term.stopped_at or at


def has_passed(term: Term, at: datetime) -> bool:
    """Whether its end lies behind it."""
    return term.due_at <= judged_at(term, at)


def end_of(term: Term, calendar: WorkingCalendar, still: Sequence[Pause] = ()) -> datetime:
    """The end of its last day by this calendar, where the owner is."""
    last = calendar.due(first_day(term), term.days or 1, term.unit, still)
    return midnight_after(last, term)


def midnight_after(last: date, term: Term) -> datetime:
    """The instant at which a term of this last day has passed."""
    return datetime.combine(last + DAY, time.min, ZoneInfo(term.zone))


def last_day(term: Term) -> date:
    """The last day on which the move is in time, where the term runs."""
    return last_day_before(term.due_at, term)


def last_day_before(end: datetime, term: Term) -> date:
    """The last day in time if the term passes at this instant."""
    return day_of(term, end - timedelta(microseconds=1))


def first_day(term: Term) -> date:
    """The day of the event: the count begins with the next one."""
    return day_of(term, term.started_at)


def _days(code: str, unit: str) -> Callable[[Ask[Any]], Length]:
    def length(ask: Ask[Any]) -> Length:
        return Length(ask.rules.number(code), unit, rule=code)

    return length


def _term(ask: Ask[Any], clock: Clock, length: Length, calendar: WorkingCalendar | None) -> Term:
    term = Term(
        case=ask.case,
        name=clock.name,
        rulebook_id=ask.rules.version,
        zone=ask.case.owner.zone,
        started_at=ask.at,
        days=length.days,
        unit=length.unit,
        rule=length.rule,
    )
    if length.until is not None:
        term.due_at = length.until
        return term
    assert calendar is not None  # noqa: S101  (a length in days asked for it above)
    term.due_at, term.calendar_id = end_of(term, calendar), calendar.version
    term.provisional = calendar.is_provisional(ask.on, last_day(term))
    return term


def _held(found: QuerySet[Term, Any]) -> list[Term]:
    """A changed calendar moves terms without their cases: what is read here stays so."""
    return list(found.select_for_update())


def _why_not(term: Term, at: datetime) -> Iterable[Objection]:
    if term.extended_at is not None:
        yield EXTENDED_ONCE
    elif has_passed(term, at):
        yield PASSED


def _shift(
    ask: Ask[Any],
    term: Term,
    kind: Shift.Kind,
    still: Sequence[Pause] | None = None,
    *,
    days: int = 0,
    rule: str = "",
) -> None:
    """Write down what happened, and count anew with these pauses; None: its end stays."""
    shift = Shift(term=term, kind=kind, at=ask.at, on=day_of(term, ask.at), days=days, rule=rule)
    shift.due_before = term.due_at
    if still is not None:
        newest = working_calendar(ask.rules.calendar)
        term.due_at, by = _later_end(term, newest, still)
        shift.calendar_id, term.calendar_id = newest.version, by.version
        term.provisional = by.is_provisional(first_day(term), last_day(term))
    shift.due_at = term.due_at
    term.save(update_fields=MOVING)
    shift.save()


def _later_end(
    term: Term, newest: WorkingCalendar, still: Sequence[Pause]
) -> tuple[datetime, WorkingCalendar]:
    """By the calendar it was counted by or by the newest: what was promised is kept."""
    own = calendar_of(term.calendar_id or newest.version, newest)
    ends = [(end_of(term, one, still), one) for one in (newest, own)]
    return max(ends, key=lambda pair: pair[0])


def day_of(term: Term, at: datetime | None) -> date:
    """The day of a moment where the term runs."""
    assert at is not None  # noqa: S101  (asked of moments that are set)
    return at.astimezone(ZoneInfo(term.zone)).date()
