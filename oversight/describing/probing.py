"""Trying a party with everybody and on every case there may be, without a database.

A stub of a detail answers what a party reads of it with each value that the model allows, one run
for each: so what a party decides by is found by asking it, and a new process needs no word here.
"""

from collections.abc import Callable, Iterator
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models

from casework.models import Case, Detail

OWNER, ASKER, ELSEWHERE, DEPARTMENT = 1, 2, 3, 4
OPENER, CONCERNED, SOMEBODY = 11, 12, 13
SIDES = {OWNER: "the side that decides", ASKER: "the side that asks"}
# Whose key a link to an organisation may hold.
LINKS = {"Organisation": [OWNER, ASKER], "Institution": [OWNER], "Ngo": [ASKER]}

Choice = tuple[str, str]


class Untold(Exception):
    """A party reads of a case what a stub cannot answer: tell `Stub` how."""


class Run:
    """What the stubs of one run have answered; begun anew until every answer was given."""

    def __init__(self) -> None:
        self.given: list[tuple[str, list[Any], int]] = []

    def choose(self, path: str, values: list[Any]) -> Any:
        """One of these values; within a run the same path has the same one."""
        for known, among, place in self.given:
            if known == path:
                return among[place]
        self.given.append((path, values, 0))
        return values[0]

    def choices(self) -> list[Choice]:
        """What was read in this run and what it said, where it could have said something else."""
        read = ((path, among[place]) for path, among, place in self.given if len(among) > 1)
        return [(path, _word(value)) for path, value in read]

    def next(self) -> bool:
        """Turn to what has not been answered yet; False when everything was."""
        while self.given:
            path, among, place = self.given.pop()
            if place + 1 < len(among):
                self.given.append((path, among, place + 1))
                return True
        return False


class Compared:
    """A text of a case: it is what it is compared with in one run, and is not in another."""

    __hash__ = None  # type: ignore[assignment]  # looked up in a table it would need every value

    def __init__(self, run: Run, path: str) -> None:
        self.run, self.path = run, path

    def __eq__(self, other: object) -> bool:
        return bool(self.run.choose(f"{self.path} is {other}", [True, False]))


class Stub:
    """A row of this model whose every value is one that the run chooses."""

    def __init__(self, model: type[models.Model], run: Run, path: str = "", **known: Any) -> None:
        self.__dict__.update(known, _model=model, _run=run, _path=path)

    def __getattr__(self, name: str) -> Any:
        whole = getattr(self._model, name, None)
        if isinstance(whole, property):
            return whole.fget(self)  # type: ignore[misc]  # a property that can be read
        try:
            field: Any = self._model._meta.get_field(name.removesuffix("_id"))
        except FieldDoesNotExist:
            raise Untold(f"{self._model.__name__}.{name}") from None
        return self._value(field, f"{self._path}{name}", is_key=name.endswith("_id"))

    def _value(self, field: Any, path: str, *, is_key: bool) -> Any:
        target = field.related_model
        if is_key and target is not None and target.__name__ in LINKS:
            return self._run.choose(path.removesuffix("_id"), LINKS[target.__name__])
        if target is not None and not is_key:
            return Stub(target, self._run, f"{path}.")
        if field.choices:
            return self._run.choose(path, [value for value, _label in field.flatchoices])
        if isinstance(field, models.BooleanField):
            return self._run.choose(path, [True, False])
        if isinstance(field, models.CharField):
            return Compared(self._run, path)
        raise Untold(f"{self._model.__name__}.{path}")


def tried(
    model: type[Detail], question: Callable[[Any], bool]
) -> Iterator[tuple[list[Choice], bool]]:
    """The answer for every case there may be, each with what was read of the case for it."""
    run = Run()
    while True:
        case = Stub(Case, run, "case.", owner_id=OWNER, asker_id=ASKER, opened_by_id=OPENER)
        answer = question(Stub(model, run, case=case, concerns=[CONCERNED]))
        yield run.choices(), answer
        if not run.next():
            return


def _word(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return SIDES.get(value, str(value))
