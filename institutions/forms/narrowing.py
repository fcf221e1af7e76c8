"""What a director types to demand more for a type than the catalogue does."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from institutions.forms.fields import DayField, Refusable
from institutions.queries.types import Offered
from institutions.services.narrowing import Demanded
from registry.models import Tier

TEXT = 2000
AS_IT_IS = _("as the catalogue says")


class NarrowingForm(Refusable):
    """Which type, what more is needed, from when, and why."""

    type = forms.TypedChoiceField(label=_("Type of interaction"), coerce=int)
    excluded = forms.BooleanField(
        label=_("We do not take this type"),
        required=False,
        help_text=_("Visits of it that are planned are cancelled: you see them before."),
    )
    tier_at_least = forms.ChoiceField(
        label=_("Clearance tier, at least"),
        required=False,
        choices=[
            ("", AS_IT_IS),
            *((one.value, f"{one.value}, {one.label}") for one in (Tier.V1, Tier.V2, Tier.V3)),
        ],
        help_text=_("Only higher than the catalogue asks for."),
        widget=forms.RadioSelect,
    )
    conditions = forms.CharField(
        label=_("Conditions of the house"),
        required=False,
        max_length=TEXT,
        help_text=_("They stand on your public card beside those of the catalogue."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    from_on = DayField(_("From which day"))
    through_on = DayField(
        _("Through which day"),
        required=False,
        help_text=_("Leave it empty if it holds until you take it back."),
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=TEXT,
        help_text=_("NGOs with an agreement and the Department will read it."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, types: list[Offered], data: Any = None, typed: Any = None) -> None:
        super().__init__(data, initial={"key": uuid.uuid4().hex} | dict(typed or {}))
        choice = self.fields["type"]
        assert isinstance(choice, forms.TypedChoiceField)  # noqa: S101  (declared above)
        choice.choices = [(str(one.type_id), f"{one.code} {one.name}") for one in types]

    def demanded(self) -> Demanded:
        """What was typed, for the service."""
        given = self.cleaned_data
        return Demanded(**{name: given[name] for name in Demanded.__annotations__})
