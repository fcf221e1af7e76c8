"""Days and times as browsers send them, and refusals shown beside their fields."""

from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from casework.calendar import FIRST_YEAR, LAST_YEAR
from casework.process import Refused

FIRST, LAST = date(FIRST_YEAR, 1, 1), date(LAST_YEAR - 1, 12, 31)
WITHIN = (
    MinValueValidator(FIRST, _("Choose a day not before %(limit_value)s.")),
    MaxValueValidator(LAST, _("Choose a day not after %(limit_value)s.")),
)


class DayField(forms.DateField):
    """A day inside the calendar that terms are counted by."""

    def __init__(self, label: Any, **kwargs: Any) -> None:
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        super().__init__(label=label, widget=widget, validators=WITHIN, **kwargs)


class HourField(forms.TimeField):
    """A time of the day, to the minute."""

    def __init__(self, label: Any) -> None:
        widget = forms.TimeInput(format="%H:%M", attrs={"type": "time"})
        super().__init__(label=label, widget=widget, required=False)


class Refusable(forms.Form):
    """A form that shows why a step or a draft was refused, beside the field it belongs to."""

    key = forms.CharField(max_length=80, widget=forms.HiddenInput)

    def refuse(self, refused: Refused) -> None:
        """Every objection, in its place."""
        for one in refused.objections:
            place = one.field if one.field in self.fields else None
            self.add_error(place, f"{one.text} {one.remedy}".strip())


def ticks(typed: dict[str, Any], *names: str) -> dict[str, Any]:
    """What was typed before a session ended; a field without a tick is not sent at all."""
    return typed and typed | {name: many(typed.get(name, [])) for name in names}


def many(typed: Any) -> list[str]:
    """What was typed for a field of several values: one alone was kept without its list."""
    return list(typed) if isinstance(typed, list | tuple) else [typed]
