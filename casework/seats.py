"""Whose move it is, as seats: the members of one organisation with one permission, or people.

A party is asked for its people one case at a time; a list of all cases needs the same answer for
thousands. Seats are that answer taken apart: what a stage's owner comes down to.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from casework.models import Case
from casework.parties import DEPARTMENT, OWNER, Depends, Either, Members, Opener, TheClock
from casework.process import Flow, Party

# Where the Department stands for: there is one, so it needs no key.
THE_DEPARTMENT = 0


@dataclass(frozen=True)
class Seat:
    """Everybody who holds a permission at an organisation; THE_DEPARTMENT for that one."""

    organisation: int
    permission: str


def leaves(party: Party) -> Iterator[Party]:
    """The parties that this one is made of, as far as that can be said without a case."""
    if isinstance(party, Either):
        for one in party.parties:
            yield from leaves(one)
    else:
        yield party


def picked(party: Party, detail: Any) -> Iterator[Party]:
    """The same for one case, which settles what depends on it."""
    for leaf in leaves(party):
        if isinstance(leaf, Depends):
            yield from picked(leaf.pick(detail), detail)
        else:
            yield leaf


def seat_of(leaf: Party, case: Case) -> Seat | None:
    """The seat that members sit in; None for a party of another sort, and for a side nobody has."""
    if not isinstance(leaf, Members):
        return None
    if leaf.side == DEPARTMENT:
        return Seat(THE_DEPARTMENT, leaf.permission)
    organisation = case.owner_id if leaf.side == OWNER else case.asker_id
    return Seat(organisation, leaf.permission) if organisation else None


def is_of_an_organisation(party: Party) -> bool:
    """Whether members of some organisation share this move: then a deputy could take it."""
    return any(isinstance(leaf, Members | Depends) for leaf in leaves(party))


def is_plain(party: Party) -> bool:
    """Whether its seats can be told from the case's row alone."""
    return all(isinstance(leaf, Members | Opener | TheClock) for leaf in leaves(party))


def bars_the_asking_side(flow: type[Flow[Any]], state: str) -> bool:
    """Whether every move of this stage's owner is a decision, which nobody takes in their own case.

    The engine's rule, seen from the stage: a step that `decides` is closed to whoever asked.
    """
    owner = flow.stages[state].owner
    human = [
        step
        for step in flow.steps.values()
        if state in step.sources and not isinstance(step.by, TheClock)
    ]
    own = [step for step in human if step.by == owner] or human
    return bool(own) and all(step.decides for step in own)
