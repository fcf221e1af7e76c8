"""Drawing a paper: which questions, in which order, with their options in which order.

The same seed, bank, tier and history give the same paper. A question the person has met less
often goes before one they have met more often, so a new try brings new questions while there are.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any, NamedTuple

ALWAYS_MANDATORY = ("forbidden", "reporting")
# Who goes outside the gate with a child also answers what to do when one is missing.
OUTSIDE_MANDATORY = {"V3": ("outing",)}


class BankFallsShort(ValueError):
    """The bank has no mandatory question of a topic that every paper of the tier must ask."""


@dataclass(frozen=True)
class Item:
    """What drawing needs to know of one question."""

    version: int
    code: str
    topic: str
    mandatory: bool
    tiers: frozenset[str]
    options: int


class Place(NamedTuple):
    """One place on a paper: the version asked, and which option stands first, second, ..."""

    version: int
    order: tuple[int, ...]


def draw(
    bank: Collection[Item], *, tier: str, size: int, seed: int, met: Mapping[str, int]
) -> list[Place]:
    """A paper of `size` questions, or more where the topics alone are more.

    `met` says how often the person has met a code. Raises BankFallsShort.
    """
    rng = Random(seed)  # noqa: S311  (the seed is secret; the paper must be the same again)
    fit = sorted((item for item in bank if tier in item.tiers), key=lambda item: item.code)
    rng.shuffle(fit)
    fit.sort(key=lambda item: met.get(item.code, 0))
    chosen = [*_mandatory(fit, tier)]
    covered = {item.topic for item in chosen}
    chosen += _one_of_each(item for item in fit if item.topic not in covered)
    rest = [item for item in fit if item not in chosen]
    chosen += rest[: max(0, size - len(chosen))]
    rng.shuffle(chosen)
    return [Place(item.version, _shuffled(rng, item.options)) for item in chosen]


def places(paper: Sequence[Sequence[Any]]) -> list[Place]:
    """A paper as the database keeps it, read back."""
    return [Place(version, tuple(order)) for version, order in paper]


def mandatory_topics(tier: str) -> tuple[str, ...]:
    """The topics of which every paper of this tier asks a mandatory question."""
    return (*ALWAYS_MANDATORY, *OUTSIDE_MANDATORY.get(tier, ()))


def lost(before: Collection[Item], after: Collection[Item], tier: str) -> set[tuple[str, bool]]:
    """What papers of this tier could ask no more: topics, and whether as a mandatory question."""
    return _askable(before, tier) - _askable(after, tier)


def _askable(bank: Collection[Item], tier: str) -> set[tuple[str, bool]]:
    fit = [item for item in bank if tier in item.tiers]
    needed = mandatory_topics(tier)
    mandatory = {(one.topic, True) for one in fit if one.mandatory and one.topic in needed}
    return mandatory | {(one.topic, False) for one in fit}


def _mandatory(fit: Sequence[Item], tier: str) -> Iterator[Item]:
    for topic in mandatory_topics(tier):
        found = next((item for item in fit if item.mandatory and item.topic == topic), None)
        if found is None:
            raise BankFallsShort(f"No mandatory question about {topic} for {tier}.")
        yield found


def _one_of_each(items: Iterator[Item]) -> list[Item]:
    first: dict[str, Item] = {}
    for item in items:
        first.setdefault(item.topic, item)
    return list(first.values())


def _shuffled(rng: Random, length: int) -> tuple[int, ...]:
    order = list(range(length))
    rng.shuffle(order)
    return tuple(order)
