"""The days of a year that change, and the act that changes them."""

import uuid
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.calendar import WorkingCalendar
from casework.forms.rules import DayField
from casework.models import CalendarYear
from casework.process import Refused
from casework.services.calendar import Wanted
from casework.yearly import Month, days_of, days_off, months

# No act moves more; what a broken page sends does.
MOST = 60


class Marks(forms.CheckboxSelectMultiple):
    """The marks of a year; messages about them lead to all of them together."""

    def id_for_label(self, id_: str, index: str | None = None) -> str:
        """The whole set, where no single mark is meant."""
        return id_ if index is None else str(super().id_for_label(id_, index))


class YearForm(forms.Form):
    """Every day of a year with a mark on the days off; the version that was looked at is kept."""

    key = forms.CharField(max_length=80, widget=forms.HiddenInput)
    based_on = forms.IntegerField(
        label=_("Version of the calendar"), widget=forms.HiddenInput, min_value=1
    )
    rest = forms.TypedMultipleChoiceField(
        label=_("Days off"),
        required=False,
        coerce=date.fromisoformat,
        widget=Marks,
        error_messages={"invalid_choice": _("This is not a day of this year.")},
    )
    decreed = forms.BooleanField(
        label=_("The calendar of this year is decreed"),
        required=False,
        help_text=_("Until then, dates in this year are called provisional."),
    )
    act_number = forms.CharField(label=_("Number of the act"), max_length=60)
    act_on = DayField(_("Date of the act"))

    def __init__(
        self, year: CalendarYear, now: WorkingCalendar, data: Any = None, typed: Any = None
    ) -> None:
        start = {"key": uuid.uuid4().hex, "based_on": now.version, "decreed": year.decreed}
        super().__init__(data, initial=start | dict(typed or {}))
        self.year, self.now = year, now
        rest: Any = self.fields["rest"]
        rest.choices = [(on.isoformat(), on) for on in days_of(year.pk)]

    @property
    def months(self) -> list[Month]:
        """The year with the marks as they were set, or as the calendar has them."""
        sent: Any = self.data
        marks = sent.getlist("rest") if self.is_bound else self.initial.get("rest")
        if marks is None:
            return months(self.year.pk, self.now)
        marked = {marks} if isinstance(marks, str) else set(marks)
        rest = [on for on in days_of(self.year.pk) if on.isoformat() in marked]
        return months(self.year.pk, self.now, rest)

    def clean_based_on(self) -> int:
        """A version that was there to be looked at."""
        number: int = self.cleaned_data["based_on"]
        if number > self.now.version:
            raise forms.ValidationError(_("There is no such version of the calendar."))
        return number

    def clean_rest(self) -> dict[date, bool]:
        """The days that change: True for those that become working days."""
        now, wanted = days_off(self.year.pk, self.now), set(self.cleaned_data["rest"])
        if len(now ^ wanted) > MOST:
            raise forms.ValidationError(
                _("More than %(most)s days would change at once. Check the marks."),
                params={"most": MOST},
            )
        return {on: on in now for on in sorted(now ^ wanted)}

    def wanted(self) -> Wanted:
        """What was marked and typed, for the service."""
        found = self.cleaned_data
        return Wanted(
            days=found["rest"],
            decreed=found["decreed"],
            based_on=found["based_on"],
            act_number=found["act_number"],
            act_on=found["act_on"],
        )

    def refuse(self, refused: Refused) -> None:
        """Every objection, beside its field where it has one."""
        for one in refused.objections:
            place = one.field if one.field in self.fields else None
            self.add_error(place, f"{one.text} {one.remedy}".strip())
