"""What people type to keep somebody away."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class DaysForm(forms.Form):
    """From which day, and through which."""

    from_on = forms.DateField(
        label=_("First day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    through_on = forms.DateField(
        label=_("Last day"),
        help_text=_("Leave it empty if nobody knows yet: then it lasts until it is lifted."),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, data: Any, *, on: date, typed: dict[str, Any]) -> None:
        super().__init__(data, initial={"from_on": on} | typed)
        self.on = on

    def clean(self) -> dict[str, Any]:
        """It begins today or later, and ends after it begins."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = given.get("from_on"), given.get("through_on")
        if first and first < self.on:
            self.add_error("from_on", _("The first day cannot be in the past."))
        if first and last and last < first:
            self.add_error("through_on", _("The last day comes before the first."))
        return given
