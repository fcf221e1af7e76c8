"""Which door a site has on which days: a pure function of what was declared, in its order.

A closure shuts its days, whatever else was or will be declared for them. After its last day the
door stands ajar, with the hours of what it interrupted, until something is declared anew.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from institutions.models import GuestMode, Level

FOREVER = date.max


@dataclass(frozen=True)
class Piece:
    """One level under one mode from `lower` to before `upper`."""

    mode_id: int
    level: str
    lower: date
    upper: date

    @property
    def is_shut(self) -> bool:
        """Whether it is a closure's."""
        return self.level == Level.SHUT

    def overlaps(self, other: "Piece") -> bool:
        """Whether they share a day."""
        return self.lower < other.upper and other.lower < self.upper


def timeline(modes: Iterable[GuestMode]) -> list[Piece]:
    """The pieces that follow from these modes, given in the order of declaring."""
    pieces: list[Piece] = []
    for mode in modes:
        upper = mode.before_on or FOREVER
        if mode.from_on < upper:
            own = Piece(mode.pk, mode.level, mode.from_on, upper)
            pieces = _shut(pieces, own) if own.is_shut else _open(pieces, own)
    return sorted(pieces, key=lambda piece: piece.lower)


def _shut(pieces: list[Piece], closure: Piece) -> list[Piece]:
    return [closure, *_interrupted(pieces, closure)]


def _open(pieces: list[Piece], own: Piece) -> list[Piece]:
    parts = [own]
    kept: list[Piece] = []
    for piece in pieces:
        if piece.is_shut:
            parts = list(_interrupted(parts, piece))
            kept.append(piece)
        else:
            kept.extend(_rest(piece, own))
    return kept + parts


def _interrupted(pieces: Iterable[Piece], closure: Piece) -> Iterator[Piece]:
    """What is left of them; the open ones stand ajar after the closure."""
    for piece in pieces:
        for rest in _rest(piece, closure):
            after = rest.lower == closure.upper and piece.overlaps(closure) and not piece.is_shut
            yield replace(rest, level=Level.AJAR.value) if after else rest


def _rest(piece: Piece, taken: Piece) -> Iterator[Piece]:
    if not piece.overlaps(taken):
        yield piece
        return
    if piece.lower < taken.lower:
        yield replace(piece, upper=taken.lower)
    if taken.upper < piece.upper:
        yield replace(piece, lower=taken.upper)
