"""Which importer reads and writes which kind of batch; apps above add theirs in `apps.ready`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from registry.importing.plans import Planned
from registry.reading import Rejected


@dataclass(frozen=True)
class File:
    """A file read: rows to plan, in an order that is always the same, and the rows turned away."""

    rows: Sequence[Any]
    rejected: Sequence[Rejected]


class Importer(Protocol):
    """What a kind of file needs to be imported; `owner_id` is the organisation that imports."""

    def read(self, name: str, content: bytes, *, on: date) -> File:
        """Read the file; raises NotARegister when it is something else."""

    def plan(self, rows: Sequence[Any], *, owner_id: int | None, on: date) -> list[Planned]:
        """What these rows would change, at a number of queries that does not grow with them."""

    def write(self, planned: Sequence[Planned], *, owner_id: int | None, on: date) -> None:
        """Write what was planned in this same transaction, and note the organisation of each."""

    def lock(self) -> None:
        """Keep others from writing the same things until the transaction ends."""


IMPORTERS: dict[str, Importer] = {}
