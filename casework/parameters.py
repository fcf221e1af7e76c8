"""The rule parameters in force on a day: every number of procedure, read once, by its code."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import DateField, F, Func, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Cast

from casework.editions import CALENDAR, CATALOGUE, PARAMETERS, kept, mark_of
from casework.models import Case, Parameter, Rulebook

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
    edition = marks.order_by("-version").first()
    if edition is None:
        raise UnknownParameter(f"no rulebook holds on {on}")
    return _rules(on, *edition)


def with_rules(cases: QuerySet[Case, Any], at: datetime) -> QuerySet[Case, Any]:
    """Cases that bring the rules of an instant along, on the day it is where their owners are."""
    local = Cast(Func(F("owner__zone"), Value(at), function="timezone"), DateField())
    books = Rulebook.objects.filter(from_on__lte=OuterRef("rules_on")).order_by("-version")
    dated: Any = cases.annotate(rules_on=local)
    known: QuerySet[Case, Any] = dated.annotate(
        rulebook=Subquery(books.values("version")[:1]), **MARKS
    )
    return known


def rules_of(case: Any) -> Rules:
    """The rules that a case from `with_rules` brought along."""
    if case.rulebook is None:
        raise UnknownParameter(f"no rulebook holds on {case.rules_on}")
    return _rules(case.rules_on, case.rulebook, *(getattr(case, name) for name in MARKS))


def numbers_on(on: date, edition: UUID) -> dict[str, int]:
    """The numbers of one edition in force on this day, by their codes: no query once it is kept."""
    dated = kept(PARAMETERS, edition, _dated)
    return {code: value for code, value, during in dated if on in during}


def _dated() -> list[tuple[str, int, DateRange]]:
    return list(Parameter.objects.values_list("code", "value", "during"))


def _rules(on: date, version: int, parameters: UUID, calendar: UUID, catalogue: UUID) -> Rules:
    return Rules(version, numbers_on(on, parameters), calendar, catalogue)
