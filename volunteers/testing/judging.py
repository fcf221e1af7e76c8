"""Judging a question by its answers: too easy, too hard, or saying nothing about who knows."""

from dataclasses import dataclass
from enum import StrEnum


class Fault(StrEnum):
    """What the answers say against a question."""

    EASY = "easy"
    HARD = "hard"
    FLAT = "flat"


@dataclass(frozen=True)
class Limits:
    """From how many answers a question is judged, and the shares that make it conspicuous."""

    answers: int
    easy: float
    hard: float
    tells_apart: float


@dataclass(frozen=True)
class Figures:
    """How a version of a question was answered.

    `share` of right answers, from 0 to 1, is its difficulty. `link` is its discrimination: the
    point-biserial correlation of a right answer with the share of right answers among the other
    questions of the same paper; None while everybody answers alike.
    """

    answers: int
    share: float
    link: float | None


def fault(seen: Figures, limits: Limits) -> Fault | None:
    """What is wrong with a question, or None: nothing, or too few answers to say."""
    if seen.answers < limits.answers:
        return None
    if seen.share >= limits.easy:
        return Fault.EASY
    if seen.share <= limits.hard:
        return Fault.HARD
    flat = seen.link is not None and seen.link < limits.tells_apart
    return Fault.FLAT if flat else None
