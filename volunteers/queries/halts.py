"""Who is not cleared at present whatever their papers say: for one answer, and for a list."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import JSONObject

from volunteers.models import Halt


@dataclass(frozen=True)
class Days:
    """The days of one halt; None on a side where it has no end."""

    from_on: date | None
    through_on: date | None

    def touch(self, first_on: date, last_on: date) -> bool:
        """Whether it holds on any of these days."""
        begun = self.from_on is None or self.from_on <= last_on
        return begun and (self.through_on is None or self.through_on >= first_on)


def of_volunteer() -> ArraySubquery:
    """The halts of the outer query's volunteer, as one value more there."""
    halts = Halt.objects.filter(volunteer=OuterRef("pk"), lifted_at=None)
    return ArraySubquery(halts.values(row=JSONObject(first="from_on", last="through_on")))


def read(rows: Iterable[dict[str, Any]] | None) -> list[Days]:
    """That value, read."""
    return [Days(_day(row["first"]), _day(row["last"])) for row in rows or ()]


def halted(first_on: date, last_on: date) -> Exists:
    """The same as `Days.touch`, for the outer query's volunteer in the database."""
    days = Q(from_on=None) | Q(from_on__lte=last_on)
    days &= Q(through_on=None) | Q(through_on__gte=first_on)
    return Exists(Halt.objects.filter(days, volunteer=OuterRef("pk"), lifted_at=None))


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
