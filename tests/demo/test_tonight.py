"""The special hours of Linden Alley fit every hour at which somebody may start."""

from datetime import datetime, timedelta
from itertools import pairwise

import pytest

from casework.calendar import WorkingCalendar
from demo.days import DAY, HOUR, MINUTE, MOSCOW, Days
from demo.life.tonight import begins, by_time, soon, special_hours

WEEKDAYS = WorkingCalendar({}, frozenset())
MONDAY = datetime(2026, 11, 23, tzinfo=MOSCOW)
EVERY = 7 * MINUTE
STARTS = [MONDAY + n * EVERY for n in range(int(8 * DAY / EVERY))]


def around(now: datetime) -> Days:
    return Days(now, WEEKDAYS)


def test_no_two_times_overlap_and_all_lie_on_two_days() -> None:
    for now in STARTS:
        hours = by_time(special_hours(around(now)))
        assert {one.on for one in hours} <= {now.date(), now.date() + DAY}
        assert [a for a, b in pairwise(hours) if a.overlaps(b)] == []
        assert [one for one in hours if one.begins >= one.ends] == []


def test_somebody_can_be_let_in_at_the_moment_of_the_start() -> None:
    for now in STARTS:
        current = special_hours(around(now))[0]
        assert current.on == now.date()
        assert -15 * MINUTE <= begins(current) - now <= 15 * MINUTE
        assert now.time() < current.ends


def test_a_visit_of_the_next_day_lies_within_the_reminder_but_not_at_once() -> None:
    for now in STARTS:
        assert 3 * HOUR <= begins(soon(around(now))) - now < 24 * HOUR


@pytest.mark.parametrize(
    ("now", "expected"),
    [("2026-11-23 10:00", "2026-11-20"), ("2026-11-22 23:59", "2026-11-20"),
     ("2026-11-24 00:01", "2026-11-23")],
)  # fmt: skip
def test_sweeps_stop_at_the_end_of_the_last_working_day(now: str, expected: str) -> None:
    days = around(datetime.fromisoformat(now).replace(tzinfo=MOSCOW))
    assert str(days.last_working) == expected
    assert days.quiet_at - days.at(days.last_working, 0) == timedelta(days=1)
    assert days.quiet_at <= days.now
