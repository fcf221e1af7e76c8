"""What people choose on the pages of the knowledge test."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from registry.models import Tier
from volunteers.queries.test import Shown

SOUGHT = (Tier.V2, Tier.V3)


class Start(forms.Form):
    """The tier of clearance the test is taken for."""

    tier = forms.ChoiceField(
        choices=[(tier.value, tier.label) for tier in SOUGHT],
        initial=Tier.V2,
        widget=forms.RadioSelect,
    )


class _One(forms.ChoiceField):
    """One option, as a list of one; none chosen is an empty list."""

    def clean(self, value: Any) -> list[str]:
        chosen = super().clean(value)
        return [chosen] if chosen else []


class Chosen(forms.Form):
    """The answer to one question: one place of an option, or several; none takes it back."""

    def __init__(self, asked: Shown, data: QueryDict | None = None) -> None:
        super().__init__(data)
        kind = forms.MultipleChoiceField if asked.multiple else _One
        self.fields["choice"] = kind(
            choices=list(enumerate(asked.options)),
            required=False,
            error_messages={
                "invalid_choice": _("There is no such option. Choose one of those shown.")
            },
        )

    def places(self) -> list[int]:
        """The places of the options chosen."""
        return [int(place) for place in self.cleaned_data["choice"]]
