"""Naming who answers for a side, and writing a briefing down."""

import uuid
from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from institutions.forms.fields import DayField, Refusable, many
from institutions.services.briefings import Given

TOPICS = 2000
MOST_PEOPLE = 500


class RepresentativeForm(Refusable):
    """Who answers from today on."""

    person = forms.TypedChoiceField(label=_("Who answers for your side"), coerce=int)

    def __init__(
        self, people: Iterable[User], now: User | None, data: Any = None, typed: Any = None
    ) -> None:
        given = {"key": uuid.uuid4().hex, "person": now.pk if now else ""} | dict(typed or {})
        super().__init__(data, initial=given)
        choice = cast(forms.TypedChoiceField, self.fields["person"])
        offered = [(str(one.pk), f"{one.family_name} {one.given_name}".strip()) for one in people]
        choice.choices = offered if now else [("", _("nobody is named")), *offered]


class BriefingForm(Refusable):
    """When, about what, to how many; whoever is known here by name."""

    on = DayField(_("Day of the briefing"))
    topics = forms.CharField(
        label=_("What was spoken about"),
        max_length=TOPICS,
        help_text=_(
            "The risks of this institution and these visits, safety, what to do when something "
            "happens, illnesses with which nobody comes."
        ),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    people = forms.IntegerField(
        label=_("How many people heard it"), min_value=1, max_value=MOST_PEOPLE
    )
    heard = forms.TypedMultipleChoiceField(
        label=_("Who of them is your volunteer here"),
        coerce=int,
        required=False,
        help_text=_("Marking nobody is possible: the number counts."),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, people: Iterable[User], data: Any = None, typed: Any = None) -> None:
        given: dict[str, Any] = {"key": uuid.uuid4().hex} | dict(typed or {})
        if "heard" in given:
            given["heard"] = many(given["heard"])
        super().__init__(data, initial=given)
        choice = cast(forms.TypedMultipleChoiceField, self.fields["heard"])
        choice.choices = [
            (str(one.pk), f"{one.family_name} {one.given_name}".strip()) for one in people
        ]

    def given(self) -> Given:
        """What was typed, for the service."""
        return Given(**{name: self.cleaned_data[name] for name in Given.__annotations__})
