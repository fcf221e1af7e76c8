"""A month of one institution for whoever wants to come: days to choose, days that say why."""

from calendar import Calendar, monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.hats import Acting
from institutions.models import Door, Level
from institutions.queries import slots
from registry.models import Institution
from visits.plans import local_day
from visits.queries.times import Time, seeker, times

ONE_DAY = timedelta(days=1)
DECEMBER = 12


@dataclass
class Day:
    """One day of the month; without times it is closed."""

    on: date
    times: list[Time] = field(default_factory=list)


@dataclass(frozen=True)
class Month:
    """The weeks of a month, the open days, and why the others are closed."""

    first: date
    today: date
    weeks: Sequence[Sequence[Day | None]]
    reasons: Sequence[tuple[str, str]]

    @property
    def open_days(self) -> list[Day]:
        """The days on which something can be taken."""
        return [day for week in self.weeks for day in week if day and day.times]

    @property
    def before(self) -> date | None:
        """The month before, unless it is over."""
        last = self.first - ONE_DAY
        return last.replace(day=1) if last >= self.today else None

    @property
    def after(self) -> date:
        """The next month."""
        return next_month(self.first)


def month(acting: Acting, institution: Institution, first: date, at: datetime) -> Month:
    """The month that begins on `first`: ten queries at most."""
    zone = ZoneInfo(institution.organisation.zone)
    end, today = next_month(first), local_day(at, institution)
    to = datetime.combine(end, time.min, zone)
    found = times(seeker(acting), at, to, institution=institution.pk)
    days = {one: Day(one) for one in dates(first)}
    for one in found:
        if one.on in days and one.fits:
            days[one.on].times.append(one)
    closed = [on for on, day in days.items() if on >= today and not day.times]
    why = _Why(institution, first, at, [one for one in found if not one.fits])
    weeks = Calendar().monthdatescalendar(first.year, first.month)
    grid = [[days.get(on) if on.month == first.month else None for on in week] for week in weeks]
    return Month(first, today, grid, why.grouped(closed))


def dates(first: date) -> list[date]:
    """Every day of the month that begins on `first`."""
    return [first + n * ONE_DAY for n in range(monthrange(first.year, first.month)[1])]


def next_month(first: date) -> date:
    """The first day of the next month."""
    year, number = divmod(first.year * DECEMBER + first.month, DECEMBER)
    return date(year, number + 1, 1)


class _Why:
    """Why a day cannot be chosen: the order, the notice, the places, the clearance, the hours."""

    def __init__(
        self, institution: Institution, first: date, at: datetime, kept: Iterable[Time]
    ) -> None:
        zone, end = institution.organisation.zone, next_month(first)
        self.at = at
        self.kept = {one.on: one for one in kept}
        self.slots: dict[date, list[Any]] = {}
        for slot in slots.of_house(institution.pk, zone, first, (end - first).days):
            if slot.withdrawn_at is None:
                self.slots.setdefault(slot.on, []).append(slot)
        doors = Door.objects.filter(
            site__institution=institution.pk,
            withdrawn_at__isnull=True,
            during__overlap=DateRange(first, end),
        )
        self.doors = list(doors.select_related("mode").order_by("during", "pk"))

    def grouped(self, closed: Iterable[date]) -> list[tuple[str, str]]:
        """Days in words, and their reason."""
        found: dict[str, list[date]] = {}
        for on in closed:
            found.setdefault(self.reason(on), []).append(on)
        return [(in_words(days), text) for text, days in found.items()]

    def reason(self, on: date) -> str:
        """Why this day is closed."""
        doors = [door for door in self.doors if on in door.during]
        if on in self.kept:
            return _("your clearance does not reach that far yet")
        if here := self.slots.get(on):
            return self._of_slots(here, doors)
        shut = next((door for door in doors if door.level == Level.SHUT), None)
        if shut is not None:
            words = {"number": shut.mode.act_number, "day": _day(shut.through_on)}
            return _("closed by order no. %(number)s, the last day is %(day)s") % words
        return _("nobody is received by the schedule, or the times are not published yet")

    def _of_slots(self, here: Sequence[Any], doors: Sequence[Door]) -> str:
        ahead = [slot for slot in here if slot.during.lower > self.at]
        if not ahead:
            return _("the times of that day are over")
        if not any(slot.free for slot in ahead):
            return _("no place is left")
        notice = min((door.mode.notice_hours for door in doors), default=0)
        if ahead[-1].during.lower < self.at + timedelta(hours=notice):
            return _("the institution wants to know %(hours)d hours ahead") % {"hours": notice}
        return _("no agreement covers that day, its week is full, or you are expected elsewhere")


def in_words(days: Sequence[date]) -> str:
    """Days of one month as a reader says them: 3–7, 9 July."""
    runs: list[list[date]] = []
    for on in days:
        if runs and runs[-1][-1] + ONE_DAY == on:
            runs[-1].append(on)
        else:
            runs.append([on])
    spans = (f"{run[0].day}–{run[-1].day}" if len(run) > 1 else f"{run[0].day}" for run in runs)
    return f"{', '.join(spans)} {date_format(days[0], 'E')}"


def _day(on: date | None) -> str:
    return date_format(on, "j E") if on else ""
