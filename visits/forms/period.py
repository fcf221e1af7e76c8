"""From which day through which confirmed hours are looked at."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.forms.rules import DayField
from visits.queries.book import Period


class PeriodForm(forms.Form):
    """Nothing in it is required: all hours, where nothing is said."""

    first = DayField(_("From day"), required=False)
    last = DayField(_("Through day"), required=False)

    def clean(self) -> dict[str, Any]:
        """It ends where it begins, or later."""
        given: dict[str, Any] = super().clean() or {}
        first, last = given.get("first"), given.get("last")
        if first and last and last < first:
            self.add_error("last", _("The last day is before the first."))
        return given

    def period(self) -> Period:
        """What was asked for; everything, where it cannot be understood."""
        if not self.is_valid():
            return Period()
        return Period(self.cleaned_data["first"], self.cleaned_data["last"])
