"""The doors of the six houses: declared, closed by an order once, opened again."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time

from accounts.hats import Acting
from casework import ripple
from casework.parameters import rules_on
from casework.process import Ask
from demo.cast import GROVE, LINDEN, SAIL
from demo.days import SATURDAY
from demo.houses import LIGHTHOUSE, ORCHARD, ZARECHYE
from demo.stage import Stage
from institutions.models import GuestMode, Level, Window
from institutions.services import modes, slots
from registry.models import Site

OPENING, QUARANTINE, AGAIN = -120, -48, -44
WEEK, WORKDAYS, WEEKEND = range(7), range(SATURDAY), range(SATURDAY, 7)
PROMISE = "Приходите за десять минут до начала, с паспортом. Верхняя одежда остаётся в гардеробе."
# By weekday: first hour, last hour, places.
Hours = dict[int, tuple[tuple[int, int, int], ...]]


def plan(stage: Stage) -> None:
    """Six declarations, one closure, slots published ahead."""
    for ref in REGULAR:
        stage.agenda.add(stage.days.back(OPENING, 12), regular, stage, ref)
    stage.agenda.add(stage.days.back(QUARANTINE - 1, 17), _quarantine, stage)
    stage.agenda.add(stage.days.back(AGAIN, 9), regular, stage, LINDEN)
    for offset in (*range(-100, 0, 14), -1):
        stage.agenda.add(stage.days.back(offset, 0, 30), _publish)


@dataclass(frozen=True)
class Order:
    """The order by which a house closes."""

    number: str
    reason: str
    from_on: date
    through_on: date


def always(days: Iterable[int], *windows: tuple[int, int, int]) -> Hours:
    """The same windows on each of these weekdays."""
    return dict.fromkeys(days, windows)


REGULAR: dict[str, tuple[Level, Hours, bool]] = {
    LINDEN: (
        Level.HALF,
        always(WORKDAYS, (16, 18, 6), (18, 20, 6)) | always(WEEKEND, (11, 13, 8), (15, 17, 8)),
        False,
    ),
    SAIL: (Level.AJAR, {1: ((17, 19, 4),), 3: ((17, 19, 5),), 5: ((10, 14, 6),)}, False),
    GROVE: (Level.WIDE, always(WEEK, (10, 12, 6), (12, 14, 8), (16, 18, 8)), True),
    ORCHARD: (Level.HALF, {2: ((15, 17, 5),), 5: ((12, 14, 6),)}, False),
    LIGHTHOUSE: (Level.AJAR, {5: ((12, 14, 4),)}, False),
    ZARECHYE: (Level.HALF, {2: ((15, 17, 6),), 5: ((11, 13, 6),)}, False),
}


def weekly(hours: Hours) -> list[Window]:
    """Windows by weekday."""
    return [
        Window(weekday=day, begins=time(begins), ends=time(ends), capacity=places)
        for day, windows in hours.items()
        for begins, ends, places in windows
    ]


def regular(stage: Stage, ref: str, at: datetime) -> None:
    """The house's own mode, from today on."""
    level, hours, instant = REGULAR[ref]
    by = stage.acting(stage.leaders[ref], ref)
    mode = modes.draft_mode(
        site=stage.site(ref),
        level=level,
        from_on=at.date(),
        by=by,
        at=at,
        windows=weekly(hours),
        instant=instant,
        conditions=PROMISE,
    )
    declare(stage, mode, by, at)


def declare(stage: Stage, mode: GuestMode, by: Acting, at: datetime) -> None:
    """Declared after a look at what it touches, as the page asks."""
    step = modes.declaring(mode)
    touched = ripple.touched_by(step.ripple, Ask(mode, by, at, rules_on(at.date())))
    confirmed = ripple.digest(touched) if touched else ""
    modes.declare(mode, by=by, at=at, key=stage.key(), confirmed=confirmed)


def close(stage: Stage, site: Site, order: Order, by: Acting, at: datetime) -> None:
    """Closed by an order."""
    mode = modes.draft_closure(
        site=site,
        from_on=order.from_on,
        through_on=order.through_on,
        act_number=order.number,
        act_on=at.date(),
        by=by,
        at=at,
        reason=order.reason,
    )
    declare(stage, mode, by, at)


def _quarantine(stage: Stage, at: datetime) -> None:
    """Four days at Linden Alley: what was booked then is called off, everybody is told."""
    order = Order(
        "41-К", "Карантин по ветряной оспе", stage.days.on(QUARANTINE), stage.days.on(AGAIN - 1)
    )
    close(stage, stage.site(LINDEN), order, stage.acting("irina", LINDEN), at)


def _publish(at: datetime) -> None:
    modes.supersede_passed(at)
    slots.publish_all(at)
