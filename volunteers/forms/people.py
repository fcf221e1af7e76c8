"""What people type to narrow a list of volunteers."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from registry.models import Tier
from volunteers.models import Requirement
from volunteers.queries.people import NOBODY_YET, Wanted

DAYS = (7, 14, 30, 60)
WITHIN = ngettext_lazy("within %(days)d day", "within %(days)d days", "days")


class PeopleForm(forms.Form):
    """The search over an NGO's people; nothing in it is required."""

    q = forms.CharField(
        label=_("Name or e-mail"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    tier = forms.ChoiceField(
        label=_("Cleared for"),
        required=False,
        choices=(
            ("", _("no matter")),
            (NOBODY_YET, _("not cleared yet")),
            *((tier.value, tier.label) for tier in (Tier.V1, Tier.V2, Tier.V3)),
        ),
    )
    days = forms.TypedChoiceField(
        label=_("Something ends"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=(("", _("no matter")), *((days, WITHIN % {"days": days}) for days in DAYS)),
    )
    lacks = forms.ChoiceField(label=_("Lacks"), required=False)

    def __init__(self, data: Any, *, requirements: Sequence[Requirement]) -> None:
        super().__init__(data)
        offered = [(one.code, one.name) for one in requirements]
        cast(forms.ChoiceField, self.fields["lacks"]).choices = [("", _("no matter")), *offered]

    def wanted(self) -> Wanted | None:
        """What is asked; None when it cannot be understood."""
        if not self.is_valid():
            return None
        asked = self.cleaned_data
        return Wanted(asked["q"], asked["tier"], asked["lacks"], asked["days"])


class NameForm(forms.Form):
    """A search by name only."""

    q = forms.CharField(
        label=_("Name or e-mail"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"type": "search"}),
    )

    def wanted(self) -> Wanted | None:
        """What is asked; None when it cannot be understood."""
        return Wanted(self.cleaned_data["q"]) if self.is_valid() else None
