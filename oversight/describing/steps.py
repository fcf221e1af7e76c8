"""The page of steps: in every state, every step, and every role that may take it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from accounts.hats import Acting
from accounts.models import Membership, Organisation, User
from accounts.permissions import PERMISSIONS_OF
from accounts.roles import ROLES_OF, OrganisationKind, Role
from casework.process import Flow, Step
from oversight.describing.probing import (
    ASKER,
    CONCERNED,
    DEPARTMENT,
    ELSEWHERE,
    OPENER,
    OWNER,
    SOMEBODY,
    Choice,
    tried,
)
from oversight.describing.processes import flows
from oversight.describing.words import NOTICE, table

YES = "●"
PLACES = {OWNER: "decides", ASKER: "asks", DEPARTMENT: "", ELSEWHERE: "elsewhere"}
PLACES_OF: dict[str, tuple[int, ...]] = {OrganisationKind.DEPARTMENT: (DEPARTMENT, OWNER, ASKER)}
INTRO = (
    f"Found by asking the party of every step: {YES} may take it; words say in which cases. "
    "“decides” and “asks” name the side of the case that a role belongs to; the Department is one. "
    "Whoever has no column is refused every step in every state, and so is everybody in a state "
    "that does not stand beside the step. “Four eyes”: not by whoever opened the case, belongs to "
    "the side that asks or is a person it is about."
)


@dataclass(frozen=True)
class Somebody:
    """One who may try a step: a role in a place, or a person whatever their role."""

    name: str
    acting: Acting | None


def everybody() -> list[Somebody]:
    """Every role in every place it can be in, the persons of a case, and nobody at all."""
    found = [
        Somebody(_name(role, place), _wearing(kind, role, place))
        for kind, roles in ROLES_OF.items()
        for role in roles
        for place in PLACES_OF.get(kind, (OWNER, ASKER, ELSEWHERE))
    ]
    persons = {"whoever opened it": OPENER, "a person it is about": CONCERNED}
    alone = [Somebody(name, Acting(User(pk=pk))) for name, pk in persons.items()]
    return [*found, *alone, Somebody("no person", None)]


def marks(flow: type[Flow[Any]], step: Step) -> dict[str, str]:
    """Who is admitted to a step by name, always or in the cases that are told."""
    found = {one.name: _mark(flow, step, one.acting) for one in everybody()}
    # There is one Department: whatever side it is on, it is named once.
    once = {name for name in found if "," not in name or not found.get(name.partition(",")[0])}
    return {name: mark for name, mark in found.items() if mark and name in once}


def page() -> str:
    """The whole page."""
    parts = ["# Who may take which step, and when", NOTICE, INTRO]
    for flow in flows():
        parts += [f"## {flow.title}", matrix(flow)]
    return "\n\n".join(parts) + "\n"


def matrix(flow: type[Flow[Any]]) -> str:
    """The states and steps of one process, and who is admitted."""
    admitted = {step.name: marks(flow, step) for step in flow.steps.values()}
    names = [one.name for one in everybody()]
    columns = [one for one in names if any(one in found for found in admitted.values())]
    rows = [
        [f"`{state}`", _words(step), *(admitted[step.name].get(one, "") for one in columns)]
        for state in flow.stages
        for step in flow.steps.values()
        if state in step.sources
    ]
    return table(("State", "Step", *columns), rows)


def _mark(flow: type[Flow[Any]], step: Step, acting: Acting | None) -> str:
    runs = list(tried(flow.model, lambda detail: step.by.admits(acting, detail)))
    admitted = [choices for choices, answer in runs if answer]
    if len(admitted) == len(runs):
        return str(step.by.name) if acting is None else YES
    return _cases(admitted)


def _cases(admitted: Iterable[list[Choice]]) -> str:
    """In which cases: those that differ in what was read last are told in one breath."""
    alike: dict[str, list[str]] = {}
    for *before, (path, value) in admitted:
        told = " and ".join([*(f"`{name}`: {said}" for name, said in before), f"`{path}`: "])
        alike.setdefault(told, []).append(value)
    return "; or ".join(f"{told}{', '.join(values)}" for told, values in alike.items())


def _words(step: Step) -> str:
    return f"{step.label} (`{step.name}`){', four eyes' if step.decides else ''}"


def _name(role: str, place: int) -> str:
    where = PLACES[place]
    return f"{Role(role).label}, {where}" if where else str(Role(role).label)


def _wearing(kind: str, role: str, place: int) -> Acting:
    person = User(pk=SOMEBODY)
    where = Organisation(pk=place, kind=kind)
    worn = Membership(person=person, organisation=where, role=role)
    return Acting(person, worn, PERMISSIONS_OF[role], (worn,))
