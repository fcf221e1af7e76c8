"""Marking a paper: a question with several right options counts only with the full set."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal

HUNDRED = 100


@dataclass(frozen=True)
class Mark:
    """One answer, marked."""

    right: bool
    mandatory: bool


@dataclass(frozen=True)
class Verdict:
    """A marked paper; `share` is in percent, rounded down to two digits."""

    score: int
    share: Decimal
    passed: bool
    failed_mandatory: bool


def is_right(correct: Sequence[bool], order: Sequence[int], chosen: Collection[int]) -> bool:
    """Whether the places `chosen` on the page hold all the correct options and no other.

    `correct` is in the bank's order; `order` says which option stood at each place.
    """
    picked = {order[place] for place in chosen if 0 <= place < len(order)}
    return bool(picked) and picked == {n for n, is_so in enumerate(correct) if is_so}


def needed(questions: int, pass_percent: int) -> int:
    """How many right answers reach the pass mark."""
    return -(-questions * pass_percent // HUNDRED)


def rest(score: int, right: bool, questions: int) -> Decimal:
    """The share of right answers among the other questions of a paper, in percent, rounded down."""
    if questions == 1:
        return Decimal(0)
    return Decimal((score - right) * HUNDRED * HUNDRED // (questions - 1)) / HUNDRED


def verdict(marks: Sequence[Mark], pass_percent: int) -> Verdict:
    """Passed means: the share reaches the mark, and every mandatory question is right."""
    score = sum(mark.right for mark in marks)
    failed_mandatory = any(mark.mandatory and not mark.right for mark in marks)
    hundredths = score * HUNDRED * HUNDRED // len(marks) if marks else 0
    enough = bool(marks) and score >= needed(len(marks), pass_percent)
    share = Decimal(hundredths) / HUNDRED
    return Verdict(score, share, enough and not failed_mandatory, failed_mandatory)
