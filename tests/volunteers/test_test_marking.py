"""Marking and counting tries, for any answers."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from volunteers.testing.marking import Mark, Verdict, is_right, needed, verdict
from volunteers.testing.tries import Standing, Try, standing

KEYS = st.lists(st.booleans(), min_size=3, max_size=4).filter(any)
MARKS = st.lists(st.builds(Mark, st.booleans(), st.booleans()), min_size=1, max_size=40)
FIRST = date(2026, 7, 8)


@given(KEYS, st.data())
def test_only_the_full_set_of_right_options_is_right(key: list[bool], data: st.DataObject) -> None:
    order = data.draw(st.permutations(range(len(key))))
    chosen = data.draw(st.sets(st.integers(0, len(key) - 1)))
    full = {place for place, option in enumerate(order) if key[option]}
    assert is_right(key, order, chosen) is (chosen == full)


@pytest.mark.parametrize("chosen", [[], [4], [-1], [99, -7]])
def test_an_option_that_is_not_there_is_never_right(chosen: list[int]) -> None:
    assert not is_right([True, False, False, True], [3, 2, 1, 0], chosen)


@given(MARKS, st.integers(1, 100))
def test_a_pass_needs_the_share_and_every_mandatory_question(
    marks: list[Mark], percent: int
) -> None:
    right = sum(mark.right for mark in marks)
    result = verdict(marks, percent)
    safe = all(mark.right for mark in marks if mark.mandatory)
    assert result.score == right
    assert result.passed is (right * 100 >= percent * len(marks) and safe)
    assert result.failed_mandatory is not safe
    assert Decimal(0) <= Decimal(right * 100) / len(marks) - result.share < Decimal("0.01")


@given(st.integers(1, 60), st.integers(1, 100))
def test_the_number_told_beforehand_is_the_smallest_that_passes(total: int, percent: int) -> None:
    enough = needed(total, percent)
    told = [
        verdict([Mark(n < right, False) for n in range(total)], percent).passed
        for right in (enough - 1, enough)
    ]
    assert told == [False, True]


def test_sixteen_of_twenty_pass_and_fifteen_do_not() -> None:
    marks = [Mark(n < 16, False) for n in range(20)]
    assert verdict(marks, 80) == Verdict(16, Decimal("80"), True, False)
    assert verdict([Mark(False, False), *marks[1:]], 80) == Verdict(15, Decimal("75"), False, False)


def test_an_empty_paper_is_not_passed() -> None:
    assert not verdict([], 80).passed


def after(*passed: bool, on: date, apart: int = 0) -> Standing:
    tried = [Try(FIRST + timedelta(days=apart * n), one) for n, one in enumerate(passed)]
    return standing(tried, on=on, tries=3, wait_days=14)


@pytest.mark.parametrize(
    ("passed", "days_later", "expected"),
    [
        ((), 0, Standing(3)),
        ((False,), 0, Standing(2)),
        ((False, False), 0, Standing(1)),
        ((False, False, False), 0, Standing(0, date(2026, 7, 22))),
        ((False, False, False), 13, Standing(0, date(2026, 7, 22))),
        ((False, False, False), 14, Standing(3)),
        ((False, False, True), 0, Standing(3)),
        ((False, False, True, False), 0, Standing(2)),
        ((False, False, False, False), 20, Standing(2)),
        ((False,) * 6, 0, Standing(0, date(2026, 7, 22))),
    ],
)
def test_three_tries_then_a_wait_then_three_again(
    passed: tuple[bool, ...], days_later: int, expected: Standing
) -> None:
    assert after(*passed, on=FIRST + timedelta(days=days_later)) == expected


def test_the_wait_counts_from_the_last_of_the_three() -> None:
    assert after(False, False, False, on=date(2026, 7, 20), apart=5).opens_on == date(2026, 8, 1)


@given(st.lists(st.booleans(), max_size=12), st.integers(0, 40))
def test_either_tries_are_left_or_a_later_day_is_named(passed: list[bool], days: int) -> None:
    on = FIRST + timedelta(days=days)
    found = after(*passed, on=on)
    if found.opens_on is None:
        assert 1 <= found.left <= 3
    else:
        assert (found.left, found.opens_on > on) == (0, True)
