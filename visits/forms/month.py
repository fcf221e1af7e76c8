"""Which month is looked at, and which time was chosen in it."""

import re
from datetime import date

from django.http import QueryDict

MONTH = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])")
LONGEST = 18


class MonthForm:
    """What the address says; what it does not say rightly is left out."""

    def __init__(self, data: QueryDict) -> None:
        self.data = data

    def first(self, today: date) -> date:
        """The first day of the month asked for; never of one that is over."""
        found = MONTH.fullmatch(self.data.get("month", ""))
        this = today.replace(day=1)
        return max(date(int(found[1]), int(found[2]), 1), this) if found else this

    def slot(self) -> int | None:
        """The time that was chosen."""
        chosen = self.data.get("slot", "")
        fits = chosen.isascii() and chosen.isdigit() and len(chosen) <= LONGEST
        return int(chosen) if fits else None

    @property
    def nothing_chosen(self) -> bool:
        """Whether the button was pressed without a choice."""
        return "go" in self.data and self.slot() is None
