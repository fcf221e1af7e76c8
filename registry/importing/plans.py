"""What a file would change, row by row: the same for every kind of file."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from registry.models import Outcome
from registry.reading import Rejected, Where

Changes = dict[str, tuple[str, str]]


@dataclass
class Planned:
    """One row and what would become of it.

    `changes` holds was and becomes by the name of the field; `reason` says why a row is not taken
    or what of it is left as it is here; `target` is the importer's own; `organisation_id` is known
    at the latest when the row is written.
    """

    where: Where
    label: str
    outcome: Outcome
    changes: Changes = field(default_factory=dict)
    reason_code: str = ""
    reason: str = ""
    target: Any = None
    organisation_id: int | None = None


@dataclass(frozen=True)
class Plan:
    """A whole file, in the order in which it would be written."""

    rows: Sequence[Planned]

    def of(self, outcome: Outcome) -> list[Planned]:
        """The rows with this outcome."""
        return [row for row in self.rows if row.outcome == outcome]

    def counts(self) -> dict[str, int]:
        """How many rows have each outcome."""
        return {outcome.value: len(self.of(outcome)) for outcome in Outcome}


def refused(where: Where, label: str, code: str, reason: str) -> Planned:
    """A row that cannot be taken."""
    return Planned(where, label, Outcome.REJECTED, reason_code=code, reason=reason)


def as_planned(rejected: Rejected) -> Planned:
    """A row that the reader has turned away."""
    return refused(rejected.place, rejected.label, rejected.reason_code, rejected.reason)


def in_order(rows: Sequence[Planned]) -> list[Planned]:
    """By sheet in the order in which they appear, then by line."""
    sheets: dict[str, int] = {}
    for row in rows:
        sheets.setdefault(row.where.sheet, len(sheets))
    return sorted(rows, key=lambda row: (sheets[row.where.sheet], row.where.line))
