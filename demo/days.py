"""The days of the rehearsal, counted from the moment the demonstration starts.

What has just become late must wait for the real worker: the rehearsal's own sweeps stop before
the end of the last working day (`quiet_at`), whatever day and hour it is now.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from casework.calendar import WorkingCalendar, working_calendar

MOSCOW = ZoneInfo("Europe/Moscow")
DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
SATURDAY = 5


@dataclass(frozen=True)
class Days:
    """Days and hours in Moscow around one moment."""

    now: datetime
    calendar: WorkingCalendar

    @classmethod
    def around(cls, now: datetime) -> "Days":
        """Seen from this moment, by the calendar of the database."""
        return cls(now.astimezone(MOSCOW), working_calendar())

    @property
    def today(self) -> date:
        """The day it is."""
        return self.now.date()

    @property
    def last_working(self) -> date:
        """The last working day that is over."""
        return self.before(self.today, 1)

    @property
    def quiet_at(self) -> datetime:
        """From here on nothing is swept: what became late then waits for the real worker."""
        return self.at(self.last_working + DAY, 0)

    def on(self, offset: int) -> date:
        """The day so many days after today; before it when negative."""
        return self.today + offset * DAY

    def at(self, on: date, hour: int, minute: int = 0) -> datetime:
        """This hour of a day."""
        return datetime.combine(on, time(hour, minute), MOSCOW)

    def back(self, offset: int, hour: int, minute: int = 0) -> datetime:
        """This hour of the day so many days from today."""
        return self.at(self.on(offset), hour, minute)

    def before(self, on: date, number: int) -> date:
        """The so manieth working day before a day."""
        while number:
            on -= DAY
            number -= self.calendar.is_working(on)
        return on

    def after(self, on: date, number: int) -> date:
        """The so manieth working day after a day."""
        return self.calendar.due(on, number) if number else on
