"""Which day's rules to show, and what somebody types to change one."""

import uuid
from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from casework.calendar import FIRST_YEAR, LAST_YEAR
from casework.models import Parameter
from casework.process import Refused
from casework.rulebook import in_words
from casework.services.rules import Wanted
from casework.units import bounds

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


class DayOfRules(forms.Form):
    """As of which day."""

    on = DayField(_("On which day"))


class RuleForm(forms.Form):
    """The new value, from which day, by which act, and why."""

    key = forms.CharField(max_length=80, widget=forms.HiddenInput)
    value = forms.IntegerField(label=_("New value"))
    from_on = DayField(_("From which day"))
    act_number = forms.CharField(label=_("Number of the act"), max_length=60)
    act_on = DayField(_("Date of the act"))
    why = forms.CharField(
        label=_("Why"),
        max_length=2000,
        help_text=_("Whoever confirms will read it, and so will the auditor."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, parameter: Parameter, data: Any = None, typed: Any = None) -> None:
        super().__init__(data, initial={"key": uuid.uuid4().hex} | dict(typed or {}))
        found, field = bounds(parameter.unit), self.fields["value"]
        field.validators += [
            MinValueValidator(found.least, _("Not less than %(limit_value)s.")),
            MaxValueValidator(found.most, _("Not more than %(limit_value)s.")),
        ]
        field.widget.attrs |= {"min": found.least, "max": found.most}
        field.help_text = _("Now: %(now)s. From %(least)d to %(most)d.") % {
            "now": in_words(parameter),
            "least": found.least,
            "most": found.most,
        }

    def wanted(self) -> Wanted:
        """What was typed, for the service."""
        return Wanted(**{name: self.cleaned_data[name] for name in Wanted.__annotations__})

    def refuse(self, refused: Refused) -> None:
        """Every objection, beside its field where it has one."""
        for one in refused.objections:
            place = one.field if one.field in self.fields else None
            self.add_error(place, f"{one.text} {one.remedy}".strip())
