"""Reference data that hardly ever changes is read once and remembered, by its edition.

A trigger marks the data anew with every change, and no mark is ever used twice, not even after a
rollback. Whoever needs the data asks for its mark, in a query of their own where there is one: so
a change holds from the next question on, in every process.
"""

from collections.abc import Callable
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Subquery

from casework.models import Edition

T = TypeVar("T")
PARAMETERS, CALENDAR = "parameters", "calendar"
REQUIREMENTS, CATALOGUE = "requirements", "catalogue"
_kept: dict[str, tuple[UUID, Any]] = {}


def mark_of(name: str) -> Subquery:
    """The mark, as one value more in another query."""
    return Subquery(Edition.objects.filter(name=name).values("mark")[:1])


def mark(name: str) -> UUID:
    """The mark: one query."""
    return Edition.objects.values_list("mark", flat=True).get(name=name)


def kept(name: str, mark: UUID, read: Callable[[], T]) -> T:
    """What `read` makes of the data in this edition; it is called for a new edition only."""
    found = _kept.get(name)
    if found is None or found[0] != mark:
        # What changed between mark and reading is read too early and once more with its own mark.
        found = _kept[name] = (mark, read())
    content: T = found[1]
    return content
