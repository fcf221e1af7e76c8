"""The rule parameters in force on a day: every number of procedure, read once, by its code."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import DateField, F, Func, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Cast

from casework.editions import CALENDAR, CATALOGUE, PARAMETERS, kept, mark_of
from casework.models import Parameter, Rulebook

# What the rules are read by, as values more in another query.
MARKS = {
    "parameters_mark": mark_of(PARAMETERS),
    "calendar_mark": mark_of(CALENDAR),
    "catalogue_mark": mark_of(CATALOGUE),
}


class UnknownParameter(LookupError):
    """No value of this code is in force on that day."""


@dataclass(frozen=True)
class Rules:
    """One edition of the rulebook and its numbers; `calendar` and `catalogue` mark those that days
    are counted by and types are read from.
    """

    version: int
    values: dict[str, int]
    calendar: UUID
    catalogue: UUID

    def number(self, code: str) -> int:
        """The value of a parameter in its own unit; raises UnknownParameter."""
        try:
            return self.values[code]
        except KeyError as error:
            raise UnknownParameter(code) from error


def rules_on(on: date) -> Rules:
    """The rules in force on this day: one query."""
    marks = Rulebook.objects.filter(from_on__lte=on).values_list("version", *MARKS.values())
    edition = marks.order_by("-from_on").first()
    if edition is None:
        raise UnknownParameter(f"no rulebook holds on {on}")
    return _rules(on, *edition)


def with_rules(
    rows: QuerySet[Any, Any], at: datetime, zone: str = "owner__zone"
) -> QuerySet[Any, Any]:
    """Cases that bring the rules of an instant along, on the day it is where their owners are;
    or details, whose owner's zone stands elsewhere.
    """
    local = Cast(Func(F(zone), Value(at), function="timezone"), DateField())
    books = Rulebook.objects.filter(from_on__lte=OuterRef("rules_on")).order_by("-from_on")
    dated: Any = rows.annotate(rules_on=local)
    known: QuerySet[Any, Any] = dated.annotate(
        rules_version=Subquery(books.values("version")[:1]), **MARKS
    )
    return known


def rules_of(row: Any) -> Rules:
    """The rules that a row from `with_rules` brought along."""
    if row.rules_version is None:
        raise UnknownParameter(f"no rulebook holds on {row.rules_on}")
    return _rules(row.rules_on, row.rules_version, *(getattr(row, name) for name in MARKS))


def rules_known(row: Any, on: date) -> Rules:
    """The rules that a row brought along; asked for where it brought none."""
    return rules_of(row) if hasattr(row, "rules_version") else rules_on(on)


def numbers_on(on: date, edition: UUID) -> dict[str, int]:
    """The numbers of one edition in force on this day, by their codes: no query once it is kept."""
    dated = kept(PARAMETERS, edition, _dated)
    return {code: value for code, value, during in dated if on in during}


def _dated() -> list[tuple[str, int, DateRange]]:
    return list(Parameter.objects.values_list("code", "value", "during"))


def _rules(on: date, version: int, parameters: UUID, calendar: UUID, catalogue: UUID) -> Rules:
    return Rules(version, numbers_on(on, parameters), calendar, catalogue)
