"""Counting tries: a few in a row, then a wait, then as many again. A pass begins a new row."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True)
class Try:
    """A finished try: the day it ended and whether it was passed."""

    on: date
    passed: bool


@dataclass(frozen=True)
class Standing:
    """How many tries are left on a day; with none left, the day the next one opens."""

    left: int
    opens_on: date | None = None


def standing(tried: Iterable[Try], *, on: date, tries: int, wait_days: int) -> Standing:
    """Where a person stands after the tries given, oldest first."""
    failed, last = 0, on
    for one in tried:
        failed = 0 if one.passed else failed % tries + 1
        last = one.on
    if failed < tries:
        return Standing(tries - failed)
    opens_on = last + timedelta(days=wait_days)
    return Standing(tries) if on >= opens_on else Standing(0, opens_on)
