"""The hours of a door: up to two times for each weekday."""

from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from institutions.forms.fields import HourField
from institutions.models import Window

A_DAY = 2
MOST_PEOPLE = 100


class WindowForm(forms.Form):
    """One time of a weekday; what is typed counts only when it is switched on."""

    on = forms.BooleanField(required=False)
    begins = HourField(_("Begins"))
    ends = HourField(_("Ends"))
    people = forms.IntegerField(
        label=_("How many people"), required=False, min_value=1, max_value=MOST_PEOPLE
    )

    def __init__(self, weekday: int, number: int, data: Any, typed: dict[str, Any]) -> None:
        prefix = f"w{weekday}{number}"
        own = {name.removeprefix(f"{prefix}-"): value for name, value in typed.items()}
        super().__init__(data, prefix=prefix, initial=own)
        self.weekday, self.number = weekday, number
        self.fields["on"].label = self.name

    @property
    def name(self) -> Any:
        """Which time this is."""
        day = WEEKDAYS[self.weekday]
        return day if not self.number else _("%(day)s, one more time") % {"day": day}

    def clean(self) -> dict[str, Any]:
        """All three, and the end after the beginning."""
        if not self.cleaned_data.get("on"):
            self.errors.clear()  # what is switched off is not read
            return self.cleaned_data
        for name in ("begins", "ends", "people"):
            if self.cleaned_data.get(name) is None and name not in self.errors:
                self.add_error(name, _("Fill this in, or switch this time off."))
        begins, ends = self.cleaned_data.get("begins"), self.cleaned_data.get("ends")
        if begins and ends and ends <= begins:
            self.add_error("ends", _("The end must be later than the beginning."))
        return self.cleaned_data

    def window(self) -> Window:
        """The time as an unsaved window."""
        typed = self.cleaned_data
        return Window(
            weekday=self.weekday,
            begins=typed["begins"],
            ends=typed["ends"],
            capacity=typed["people"],
        )


class Hours:
    """The times of a week, as typed."""

    def __init__(self, data: Any, typed: dict[str, Any]) -> None:
        self.rows = [
            WindowForm(day, number, data, typed) for day in WEEKDAYS for number in range(A_DAY)
        ]

    def by_day(self) -> list[tuple[Any, list[WindowForm]]]:
        """Weekday by weekday."""
        return [
            (name, [row for row in self.rows if row.weekday == day])
            for day, name in WEEKDAYS.items()
        ]

    def is_valid(self) -> bool:
        """Every time by itself, and no two of a day at once."""
        wrong = [row for row in self.rows if not row.is_valid()]
        return not wrong and not self._clashes()

    def wrong_days(self) -> list[str]:
        """The weekdays whose times must be looked at again."""
        return list(dict.fromkeys(str(WEEKDAYS[r.weekday]) for r in self.rows if r.errors))

    def windows(self) -> list[Window]:
        """The times switched on."""
        return [row.window() for row in self.rows if row.cleaned_data["on"]]

    def _clashes(self) -> bool:
        found = False
        for _name, rows in self.by_day():
            first, second = (row.cleaned_data for row in rows)
            both = first["on"] and second["on"]
            if both and first["begins"] < second["ends"] and second["begins"] < first["ends"]:
                rows[1].add_error("begins", _("This time overlaps the other one of the day."))
                found = True
        return found


def typed_hours(windows: Any) -> dict[str, Any]:
    """Windows of a mode as if they had been typed."""
    typed: dict[str, Any] = {}
    counted: dict[int, int] = {}
    for window in windows:
        number = counted.get(window.weekday, 0)
        counted[window.weekday] = number + 1
        prefix = f"w{window.weekday}{number}"
        typed |= {
            f"{prefix}-on": True,
            f"{prefix}-begins": window.begins,
            f"{prefix}-ends": window.ends,
            f"{prefix}-people": window.capacity,
        }
    return typed
