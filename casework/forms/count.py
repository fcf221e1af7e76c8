"""What people type to have a term counted."""

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.calendar import FIRST_YEAR, LAST_YEAR


class Count(forms.Form):
    """An event and a number of working days."""

    start = forms.DateField(
        label=_("Date of the event"),
        help_text=_("The count begins the next day."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    days = forms.IntegerField(label=_("Working days"), min_value=1, max_value=60)

    def clean_start(self) -> date:
        """Only days whose whole count lies inside the calendar."""
        start: date = self.cleaned_data["start"]
        if not FIRST_YEAR <= start.year < LAST_YEAR:
            raise forms.ValidationError(
                _("The calendar holds the years %(first)s to %(last)s.")
                % {"first": FIRST_YEAR, "last": LAST_YEAR - 1}
            )
        return start
