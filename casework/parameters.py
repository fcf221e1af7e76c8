"""The rule parameters in force on a day: every number of procedure, read once, by its code."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Subquery

from casework.models import Parameter, Rulebook


class UnknownParameter(LookupError):
    """No value of this code is in force on that day."""


@dataclass(frozen=True)
class Rules:
    """One edition of the rulebook and its numbers."""

    version: int
    values: dict[str, int]

    def number(self, code: str) -> int:
        """The value of a parameter in its own unit; raises UnknownParameter."""
        try:
            return self.values[code]
        except KeyError as error:
            raise UnknownParameter(code) from error


def rules_on(on: date) -> Rules:
    """The rules in force on this day: one query."""
    editions = Rulebook.objects.filter(from_on__lte=on).order_by("-version").values("version")
    rows = list(
        Parameter.objects.filter(during__contains=on)
        .annotate(edition=Subquery(editions[:1]))
        .values_list("code", "value", "edition")
    )
    if not rows:
        raise UnknownParameter(f"no rulebook holds on {on}")
    return Rules(version=rows[0][2], values={code: value for code, value, _ in rows})
