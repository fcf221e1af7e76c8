"""The calendar of a year as pages show it: months of days, and the versions it went through."""

from calendar import Calendar
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from casework.calendar import WorkingCalendar
from casework.models import CalendarVersion, CalendarYear

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Day:
    """One day: a day off or not as it is, and as it is to be."""

    on: date
    rest_now: bool
    rest: bool

    @property
    def changes(self) -> bool:
        """Whether it is to be otherwise than it is."""
        return self.rest != self.rest_now


@dataclass(frozen=True)
class Month:
    """A month by weeks from Monday on; None stands for a day of its neighbours."""

    first: date
    weeks: list[list[Day | None]]

    @property
    def changes(self) -> bool:
        """Whether any of its days does."""
        return any(day and day.changes for week in self.weeks for day in week)


def months(year: int, now: WorkingCalendar, rest: Collection[date] | None = None) -> list[Month]:
    """The months of a year; `rest` are the days off as they are to be, None: as they are."""

    def shown(on: date, month: int) -> Day | None:
        off = not now.is_working(on)
        wanted = off if rest is None else on in rest
        return Day(on, off, wanted) if on.month == month else None

    return [
        Month(
            date(year, month, 1),
            [
                [shown(on, month) for on in week]
                for week in Calendar().monthdatescalendar(year, month)
            ],
        )
        for month in range(1, 13)
    ]


def days_of(year: int) -> list[date]:
    """Every day of a year."""
    first = date(year, 1, 1)
    return [first + n * DAY for n in range((date(year + 1, 1, 1) - first).days)]


def days_off(year: int, calendar: WorkingCalendar) -> set[date]:
    """The days of a year on which people do not work."""
    return {on for on in days_of(year) if not calendar.is_working(on)}


def years() -> list[CalendarYear]:
    """The years that terms are counted in."""
    return list(CalendarYear.objects.order_by("year"))


def versions() -> list[CalendarVersion]:
    """The versions of the calendar, the newest first, each with the change that made it."""
    found = CalendarVersion.objects.select_related("change__case", "change__year")
    return list(found.order_by("-number"))
