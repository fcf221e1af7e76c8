"""Terms as rows: started when a stage is entered, stopped when it is left."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from casework.calendar import WorkingCalendar, working_calendar
from casework.models import Term
from casework.process import Ask, Clock, Length, Stage

DAY = timedelta(days=1)


def working_days(code: str) -> Any:
    """A length in working days that a rule parameter names."""

    def length(ask: Ask[Any]) -> Length:
        return Length(ask.rules.number(code), "wd")

    return length


def until(moment: Any) -> Any:
    """A length that ends at an instant which the case itself names; None is no end."""

    def length(ask: Ask[Any]) -> Length | None:
        end = moment(ask.detail)
        return None if end is None else Length(until=max(end, ask.at))

    return length


def renew(ask: Ask[Any], before: Stage, after: Stage) -> None:
    """Stop the open terms that the stage entered does not have, and start those it has."""
    had, has = ({clock.name for clock in stage.clocks} for stage in (before, after))
    running = Term.objects.filter(case=ask.case, stopped_at__isnull=True)
    if had - has:
        running.exclude(name__in=has).update(stopped_at=ask.at)
    runs_on = set(running.values_list("name", flat=True)) if had & has else set()
    start(ask, [clock for clock in after.clocks if clock.name not in runs_on])


def start(ask: Ask[Any], clocks: Iterable[Clock]) -> None:
    """New terms from the ask's instant."""
    asked = [(clock, clock.length(ask)) for clock in clocks]
    lengths = [(clock, length) for clock, length in asked if length is not None]
    if not lengths:
        return
    counted = any(length.unit for _, length in lengths)
    calendar = working_calendar(ask.rules.calendar) if counted else None
    Term.objects.bulk_create(_term(ask, clock, length, calendar) for clock, length in lengths)


def last_day(term: Term) -> date:
    """The last day on which the move is in time, where the term runs."""
    return (term.due_at - timedelta(microseconds=1)).astimezone(ZoneInfo(term.zone)).date()


def _term(ask: Ask[Any], clock: Clock, length: Length, calendar: WorkingCalendar | None) -> Term:
    zone = ask.case.owner.zone
    term = Term(
        case=ask.case,
        name=clock.name,
        rulebook_id=ask.rules.version,
        zone=zone,
        started_at=ask.at,
        days=length.days,
        unit=length.unit,
    )
    if length.until is not None:
        term.due_at = length.until
        return term
    assert calendar is not None  # noqa: S101  (a length in days asked for it above)
    count = calendar.due_working if length.unit == "wd" else calendar.due_calendar
    last = count(ask.on, length.days or 1)
    # The term holds to the end of its last day where the owner is.
    term.due_at = datetime.combine(last + DAY, time.min, ZoneInfo(zone))
    term.provisional = calendar.is_provisional(ask.on, last)
    return term
