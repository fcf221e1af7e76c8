"""The one port upwards: a step that can break what stands above asks there first.

A higher floor registers under the ripple's name, in its `apps.ready`, what would be touched
(shown before the step is confirmed) and how that is settled (in the step's transaction).
"""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from casework.process import Ask, Text


@dataclass(frozen=True)
class Touched:
    """One thing a step would change for somebody, and what would happen to it."""

    id: str
    label: str
    people: int
    outcome: Text


Touching = Callable[[Ask[Any]], Iterable[Touched]]
Settling = Callable[[Ask[Any]], None]
_registered: dict[str, list[tuple[Touching, Settling]]] = {}


def register(name: str, touched: Touching, settle: Settling) -> None:
    """Answer to a ripple; called in `apps.ready` of a higher floor."""
    _registered.setdefault(name, []).append((touched, settle))


def touched_by(name: str, ask: Ask[Any]) -> list[Touched]:
    """Everything that would be touched, from all floors above."""
    return [one for touching, _ in _registered.get(name, ()) for one in touching(ask)]


def settle(name: str, ask: Ask[Any]) -> None:
    """Settle it, in the caller's transaction."""
    for _, settling in _registered.get(name, ()):
        settling(ask)


def digest(touched: Iterable[Touched]) -> str:
    """A short sign of exactly these: what was confirmed is what is settled."""
    listed = "|".join(sorted(f"{one.id}:{one.outcome}" for one in touched))
    return hashlib.sha256(listed.encode()).hexdigest()[:16]
