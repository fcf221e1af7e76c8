"""How late something is, in days a person counts: working days for terms in working days."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casework.calendar import WorkingCalendar, working_calendar
from casework.lateness import Lateness
from casework.models import Term
from face.templatetags.face import day

# Longer than this is long overdue: working days for terms in working days, days for others.
LONG_WORKING_DAYS, LONG_DAYS = 5, 7
DAY = timedelta(days=1)
WORKING = "wd"


@dataclass(frozen=True)
class Overdue:
    """An instant and the working calendar around it."""

    at: datetime
    calendar: WorkingCalendar

    @property
    def today(self) -> date:
        """The day of the instant where the Department is."""
        return timezone.localdate(self.at)

    def working_days(self, last_on: date) -> int:
        """How many working days after the last day in time, today among them."""
        days = range(1, (self.today - last_on).days + 1)
        return sum(self.calendar.is_working(last_on + number * DAY) for number in days)

    def became_late_this_week(self) -> Q:
        """Terms that passed since the last working week ended: a Friday's term is Monday's."""
        on = self.today - (self.today.weekday() + 1) * DAY
        while not self.calendar.is_working(on):
            on -= DAY
        return Q(due_at__gte=_midnight(on + DAY))

    def long(self) -> Q:
        """Terms that passed more than five working days or seven days ago."""
        working = Q(unit=WORKING, due_at__lte=_midnight(self._working_day_back()))
        return working | (~Q(unit=WORKING) & Q(due_at__lt=self.at - LONG_DAYS * DAY))

    def words(self, term: Term, standing: Lateness) -> str:
        """How late a term is, or since when it stands still."""
        if standing.tone == "paused":
            return _("stands still since %(day)s") % {
                "day": day(timezone.localdate(term.paused_at))
            }
        if term.unit == WORKING:
            return _working_days(self.working_days(standing.last_on))
        return _days(standing.overdue)

    def _working_day_back(self) -> date:
        """The working day that was the first one past the longest tolerated delay."""
        on, left = self.today + DAY, LONG_WORKING_DAYS + 1
        while left:
            on -= DAY
            left -= self.calendar.is_working(on)
        return on


def overdue(at: datetime) -> Overdue:
    """The working calendar around an instant: one query."""
    return Overdue(at, working_calendar())


def _midnight(on: date) -> datetime:
    return datetime.combine(on, time.min, timezone.get_current_timezone())


def _working_days(days: int) -> str:
    if not days:
        return _("less than a working day")
    words = ngettext("%(count)d working day", "%(count)d working days", days)
    return words % {"count": days}


def _days(late: timedelta) -> str:
    if late.days:
        return ngettext("%(count)d day", "%(count)d days", late.days) % {"count": late.days}
    if hours := late.seconds // 3600:
        return ngettext("%(count)d hour", "%(count)d hours", hours) % {"count": hours}
    return _("less than an hour")
