"""What a registrar types to change what is asked of volunteers."""

import uuid
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from casework.forms.rules import DayField
from casework.process import Refused
from volunteers.models import CheckedBy
from volunteers.models.demands import ASKING
from volunteers.services.requirements import Described, Wanted

NOBODY = "none"
MOST_MONTHS = 120
TIERS = [(one.value, one.label) for one in ASKING]
CHECKERS = [
    (one.value, one.label) for one in (CheckedBy.NGO, CheckedBy.INSTITUTION, CheckedBy.DEPARTMENT)
]
TEXTS = {
    "name_ru": _("Name in Russian"),
    "name_en": _("Name in English"),
    "why_ru": _("Why it is asked, in Russian"),
    "why_en": _("Why it is asked, in English"),
    "how_ru": _("How it is met, in Russian"),
    "how_en": _("How it is met, in English"),
}
NAME = 120


class DayOfRequirements(forms.Form):
    """As of which day."""

    on = DayField(_("On which day"))


class ChangeForm(forms.Form):
    """From which tier on, from which day, by which act, and why."""

    key = forms.CharField(max_length=80, widget=forms.HiddenInput)
    tier = forms.ChoiceField(
        label=_("From which tier on it is asked"),
        choices=[*TIERS, (NOBODY, _("it is asked of nobody any longer"))],
        widget=forms.RadioSelect,
        help_text=_("It is asked of this tier and of every tier above it."),
    )
    from_on = DayField(
        _("From which day"),
        help_text=_("Tomorrow or later. People need time: a certificate takes up to 30 days."),
    )
    act_number = forms.CharField(label=_("Number of the act"), max_length=60)
    act_on = DayField(_("Date of the act"))
    why = forms.CharField(
        label=_("Why"),
        max_length=2000,
        help_text=_("Whoever approves will read it, and so will the heads of NGOs."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, data: Any = None, typed: Any = None) -> None:
        super().__init__(data, initial={"key": uuid.uuid4().hex} | dict(typed or {}))

    def wanted(self) -> Wanted:
        """What was typed, for the service."""
        given = {name: self.cleaned_data[name] for name in Wanted.__annotations__}
        return Wanted(**given | {"tier": given["tier"].replace(NOBODY, "")})

    def refuse(self, refused: Refused) -> None:
        """Every objection, beside its field where it has one."""
        for one in refused.objections:
            place = one.field if one.field in self.fields else None
            self.add_error(place, f"{one.text} {one.remedy}".strip())


class NewRequirementForm(ChangeForm):
    """Besides these: what is checked, by whom, where, and for how long it is valid."""

    tier = forms.ChoiceField(
        label=_("From which tier on it is asked"),
        choices=TIERS,
        widget=forms.RadioSelect,
        help_text=_("It is asked of this tier and of every tier above it."),
    )
    checked_by = forms.ChoiceField(
        label=_("Who checks it"), choices=CHECKERS, widget=forms.RadioSelect
    )
    months = forms.IntegerField(
        label=_("For how many months it is valid"),
        required=False,
        help_text=_("Leave it empty where it is checked once and for good."),
        validators=[
            MinValueValidator(1, _("Not less than %(limit_value)s.")),
            MaxValueValidator(MOST_MONTHS, _("Not more than %(limit_value)s.")),
        ],
    )
    two_people = forms.BooleanField(
        label=_("A second checker confirms it"),
        required=False,
        help_text=_("Only what the Department checks can be confirmed by a second person."),
    )

    def __init__(self, data: Any = None, typed: Any = None) -> None:
        super().__init__(data, typed)
        for name, label in TEXTS.items():
            widget = forms.TextInput() if "name" in name else forms.Textarea(attrs={"rows": 2})
            most = NAME if "name" in name else 2000
            self.fields[name] = forms.CharField(label=label, max_length=most, widget=widget)
        self.order_fields([*TEXTS, "checked_by", "two_people", "months", "tier", "from_on"])

    def clean(self) -> dict[str, Any]:
        """Two people check only where there are two who may."""
        given: dict[str, Any] = super().clean() or {}
        if given.get("two_people") and given.get("checked_by") != CheckedBy.DEPARTMENT:
            words = _("Only what the Department checks can be confirmed by a second person.")
            self.add_error("two_people", words)
        return given

    def described(self) -> Described:
        """The requirement, for the service."""
        given = self.cleaned_data
        plain = {name: given[name] for name in (*TEXTS, "checked_by", "two_people", "months")}
        return Described(per_institution=given["checked_by"] == CheckedBy.INSTITUTION, **plain)
