"""Counting days: a term begins the day after the event and ends on a working day.

The rule is articles 191 and 193 of the Civil Code. The calendar is a table, so that a decree
is an edit; a year without a decree is provisional and says so.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from casework.editions import CALENDAR, kept, mark
from casework.models import CalendarDay

DAY = timedelta(days=1)
SATURDAY = 5
FIRST_YEAR, LAST_YEAR = 2024, 2035
MOST_DAYS = 1000


class OutsideTheCalendar(ValueError):
    """A date or a length that the calendar does not reach."""


@dataclass(frozen=True)
class Counted:
    """One day of a count: whether it counts, and which number it got (None at rest)."""

    on: date
    working: bool
    number: int | None


@dataclass(frozen=True)
class WorkingCalendar:
    """The days that differ from their weekday, and the years that are decreed."""

    exceptions: dict[date, bool]
    decreed: frozenset[int]

    def is_working(self, on: date) -> bool:
        """Whether people work that day."""
        return self.exceptions.get(on, on.weekday() < SATURDAY)

    def working_days_after(self, start: date, days: int) -> Iterator[Counted]:
        """Each day after `start` until the `days`-th working day, with its number."""
        if not 1 <= days <= MOST_DAYS:
            raise OutsideTheCalendar(f"A term is 1 to {MOST_DAYS} days long, not {days}.")
        on, number = start, 0
        while number < days:
            on += DAY
            if not FIRST_YEAR <= on.year <= LAST_YEAR:
                raise OutsideTheCalendar(
                    f"The calendar holds the years {FIRST_YEAR} to {LAST_YEAR}, not {on.year}."
                )
            working = self.is_working(on)
            number += working
            yield Counted(on, working, number if working else None)

    def due_working(self, start: date, days: int) -> date:
        """The last day of a term of so many working days that began by an event on `start`."""
        *_, last = self.working_days_after(start, days)
        return last.on

    def due_calendar(self, start: date, days: int) -> date:
        """The last day of a term of calendar days; an end at rest moves to the next working day."""
        if not 1 <= days <= MOST_DAYS:
            raise OutsideTheCalendar(f"A term is 1 to {MOST_DAYS} days long, not {days}.")
        end = start + days * DAY
        return end if self.is_working(end) else self.due_working(end, 1)

    def is_provisional(self, *days: date) -> bool:
        """Whether any of these days lies in a year whose calendar is not yet decreed."""
        return any(day.year not in self.decreed for day in days)


def working_calendar(edition: UUID | None = None) -> WorkingCalendar:
    """The calendar as the tables hold it now: one query, none where its mark is at hand."""
    return kept(CALENDAR, edition or mark(CALENDAR), _read)


def _read() -> WorkingCalendar:
    # Every year has days of its own.
    days = list(CalendarDay.objects.values_list("on", "working", "year_id", "year__decreed"))
    return WorkingCalendar(
        exceptions={on: working for on, working, _, _ in days},
        decreed=frozenset(year for _, _, year, decreed in days if decreed),
    )
