"""Counting days: a term begins the day after the event and ends on a working day.

The rule is articles 191 and 193 of the Civil Code. The calendar is a table, so that a decree
is an edit; a year without a decree is provisional and says so.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Max

from casework.editions import CALENDAR, kept, mark
from casework.models import CalendarEdit, CalendarVersion, CalendarYear

DAY = timedelta(days=1)
SATURDAY = 5
FIRST_YEAR, LAST_YEAR = 2024, 2035
MOST_DAYS = 1000
WORKING, CALENDAR_DAYS = "wd", "cd"


class OutsideTheCalendar(ValueError):
    """A date or a length that the calendar does not reach."""


@dataclass(frozen=True)
class Pause:
    """A term stands still from the day after `after` through `through` (None: it still does)."""

    after: date
    through: date | None

    def has(self, on: date) -> bool:
        """Whether this day is not counted."""
        return self.after < on and (self.through is None or on <= self.through)

    def holds(self, on: date) -> bool:
        """Whether a term whose last day this is does not end with it: it stands still by then."""
        return self.after <= on and (self.through is None or on < self.through)


@dataclass(frozen=True)
class Counted:
    """One day of a count: whether it counts, and which number it got (None: not counted)."""

    on: date
    working: bool
    number: int | None
    paused: bool = False


@dataclass(frozen=True)
class WorkingCalendar:
    """The days that differ from their weekday, the years that are decreed, and its version."""

    exceptions: dict[date, bool]
    decreed: frozenset[int]
    version: int = 1

    def is_working(self, on: date) -> bool:
        """Whether people work that day."""
        return self.exceptions.get(on, on.weekday() < SATURDAY)

    def count(
        self, start: date, days: int, unit: str = WORKING, pauses: Sequence[Pause] = ()
    ) -> Iterator[Counted]:
        """Each day after `start` through the last one of the term, with its number.

        Of calendar days each counts; a last one at rest moves the end to the next working day.
        One that stands still from its last day on ends with the day on which it runs on, or
        with the next working day: nothing was left of it.
        """
        if not 1 <= days <= MOST_DAYS:
            raise OutsideTheCalendar(f"A term is 1 to {MOST_DAYS} days long, not {days}.")
        on, number, spent, ended = start, 0, False, False
        while not ended:
            on += DAY
            if not FIRST_YEAR <= on.year <= LAST_YEAR:
                raise OutsideTheCalendar(
                    f"The calendar holds the years {FIRST_YEAR} to {LAST_YEAR}, not {on.year}."
                )
            working, paused = self.is_working(on), any(pause.has(on) for pause in pauses)
            counts = not paused and (working or unit == CALENDAR_DAYS) and number < days
            number += counts
            spent = spent or (number == days and working and not paused)
            ended = spent and working and not any(pause.holds(on) for pause in pauses)
            yield Counted(on, working, number if counts else None, paused)

    def due(
        self, start: date, days: int, unit: str = WORKING, pauses: Sequence[Pause] = ()
    ) -> date:
        """The last day of a term of so many days that began by an event on `start`."""
        *_, last = self.count(start, days, unit, pauses)
        return last.on

    def changed(self, days: Mapping[date, bool], decreed: frozenset[int]) -> "WorkingCalendar":
        """Its next version: some days made working days or days off, and the years decreed."""
        then = {**self.exceptions, **days}
        kept = {on: works for on, works in then.items() if works != (on.weekday() < SATURDAY)}
        return WorkingCalendar(kept, decreed, self.version + 1)

    def is_provisional(self, *days: date) -> bool:
        """Whether any of these days lies in a year whose calendar is not yet decreed."""
        return any(day.year not in self.decreed for day in days)


def working_calendar(edition: UUID | None = None) -> WorkingCalendar:
    """The calendar as the tables hold it now: one query, none where its mark is at hand."""
    return kept(CALENDAR, edition or mark(CALENDAR), _read)


def calendar_of(version: int, now: WorkingCalendar | None = None) -> WorkingCalendar:
    """The calendar as it was in one of its versions: what came later is taken back.

    Which years are decreed is always known as of now.
    """
    now = now or working_calendar()
    if version == now.version:
        return now
    days: dict[date, bool | None] = dict(now.exceptions)
    later = CalendarEdit.objects.filter(version__gt=version).order_by("-version")
    days |= dict(later.values_list("on", "before"))
    then = {on: working for on, working in days.items() if working is not None}
    return WorkingCalendar(then, now.decreed, version)


def _read() -> WorkingCalendar:
    years = CalendarYear.objects.values_list("year", "decreed", "days__on", "days__working")
    days = list(years)
    return WorkingCalendar(
        exceptions={on: working for _, _, on, working in days if on},
        decreed=frozenset(year for year, decreed, _, _ in days if decreed),
        version=CalendarVersion.objects.aggregate(last=Max("number"))["last"],
    )
