"""The rule parameters in force on a day: every number of procedure, read once, by its code."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.backends.postgresql.psycopg_any import DateRange

from casework.editions import CALENDAR, CATALOGUE, PARAMETERS, kept, mark_of
from casework.models import Parameter, Rulebook


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
    edition = (
        Rulebook.objects.filter(from_on__lte=on)
        .values_list("version", mark_of(PARAMETERS), mark_of(CALENDAR), mark_of(CATALOGUE))
        .order_by("-version")
        .first()
    )
    if edition is None:
        raise UnknownParameter(f"no rulebook holds on {on}")
    version, parameters, calendar, catalogue = edition
    return Rules(version, numbers_on(on, parameters), calendar, catalogue)


def numbers_on(on: date, edition: UUID) -> dict[str, int]:
    """The numbers of one edition in force on this day, by their codes: no query once it is kept."""
    dated = kept(PARAMETERS, edition, _dated)
    return {code: value for code, value, during in dated if on in during}


def _dated() -> list[tuple[str, int, DateRange]]:
    return list(Parameter.objects.values_list("code", "value", "during"))
