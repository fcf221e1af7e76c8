"""The visits of every week, and what the worker does by itself."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from casework.sweep import sweep
from demo.cast import GROVE, LINDEN, OUTSIDE, SAIL, SATURDAYS, SHIFT
from demo.days import DAY, HOUR
from demo.houses import DOORLESS, HANDS, OPORA, ZARECHYE
from demo.life.checks import MENTORS, TEAMS
from demo.life.visiting import Fate, Wish
from demo.stage import Stage
from oversight.services import verify
from visits.services.reminders import remind

FIRST, EVERY, TIMES = -112, 12, 9  # the visits by which the mentors become known
AHEAD = 10
VERIFIED = (-63, -33, -3)
REMINDED = -7  # letters of reminders are kept for the last week only
WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Line:
    """Who goes where for what on which weekday at which hour; `every` how many weeks."""

    ngo: str
    house: str
    code: str
    weekday: int
    hour: int
    people: int = 1
    every: int = 1


LINES = (
    Line(SATURDAYS, LINDEN, "T05", 5, 11, people=2),
    Line(SATURDAYS, LINDEN, "T01", 2, 18),
    Line(SATURDAYS, LINDEN, "T06", 6, 15, people=2),
    Line(OUTSIDE, LINDEN, "T06", 5, 15, people=2),
    Line(HANDS, LINDEN, "T11", 0, 16, every=2),
    Line(SATURDAYS, SAIL, "T05", 3, 17),
    Line(OPORA, SAIL, "T04", 1, 17, every=2),
    Line(SATURDAYS, GROVE, "T05", 6, 12, people=2),
    Line(SHIFT, GROVE, "T12", 4, 10),
    Line(DOORLESS, ZARECHYE, "T05", 2, 15, every=2),
)
# What becomes of every so manieth wish; the others are held.
FATES = {
    4: Fate.REFUSED,
    7: Fate.NO_SHOW,
    11: Fate.WITHDRAWN,
    15: Fate.MOVED,
    18: Fate.CANCELLED,
    22: Fate.LAPSED,
    27: Fate.CALLED_OFF,
    31: Fate.LATE,
    34: Fate.TURNED_AWAY,
    37: Fate.REFUSED,
}
ROUND = 40


def plan(stage: Stage) -> None:
    """The first visits, the weekly ones, and the worker's own jobs."""
    for number in range(TIMES):
        on = stage.days.on(FIRST + EVERY * number)
        hour = 11 if on.weekday() in (5, 6) else 16
        begins = stage.days.at(on, hour)
        # Nobody is cleared early enough to ask for the first one days ahead.
        asked_at = begins - 27 * HOUR if number == 0 else None
        Wish(stage, SATURDAYS, LINDEN, "T05", begins, MENTORS).plan(asked_at)
    _weeks(stage)
    _jobs(stage)


def _weeks(stage: Stage) -> None:
    days = stage.days
    monday = days.today - timedelta(days=days.today.weekday())
    number = 0
    for week in range(-stage.weeks, 2):
        for line in LINES:
            on = monday + week * WEEK + line.weekday * DAY
            if week % line.every == 0 and _fits(stage, line, on):
                number += 1
                fate = FATES.get(number % ROUND, Fate.HELD)
                ahead = on > days.today
                _wish(stage, line, on, number, Fate.HELD if ahead else fate).plan()


def _fits(stage: Stage, line: Line, on: date) -> bool:
    """Not while things wait for the real worker, and not on the days that are planned apart."""
    days = stage.days
    begins = days.at(on, line.hour)
    if begins < days.back(FIRST, 0) or on > days.on(AHEAD):
        return False
    return begins + 3 * HOUR < days.quiet_at or begins > days.now + 30 * HOUR


def _wish(stage: Stage, line: Line, on: date, number: int, fate: Fate) -> Wish:
    team = TEAMS[line.ngo, line.house]
    first = number * line.people
    order = tuple(team[(first + more) % len(team)] for more in range(len(team)))
    people, spare = order[: line.people], order[line.people :]
    begins = stage.days.at(on, line.hour)
    return Wish(stage, line.ngo, line.house, line.code, begins, people, fate, spare)


def _jobs(stage: Stage) -> None:
    """Silence has its consequence every night, reminders go out every morning."""
    days, add = stage.days, stage.agenda.add
    for offset in VERIFIED:
        add(days.back(offset, 9), _verify, stage)
    for offset in range(FIRST, 1):
        night, morning = days.back(offset, 0, 5), days.back(offset, 10)
        if night < days.quiet_at:
            add(night, sweep)
        if offset >= REMINDED and morning < days.now - 22 * HOUR:
            add(morning, _remind)


def _verify(stage: Stage, at: datetime) -> None:
    """The auditor reads the whole trail and keeps what came of it."""
    verify(by=stage.acting("alla"), at=at)


def _remind(at: datetime) -> None:
    remind(at)
