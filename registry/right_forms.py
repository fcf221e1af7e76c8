"""What the head of an NGO types to appeal or to report a change."""

import uuid
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from registry.application_forms import LONGEST, Refusable
from registry.change_rules import REPORTED
from registry.changing import Report, said
from registry.flows.change import LABELS
from registry.models import Ngo


class Keyed(Refusable):
    """A form that makes one case, however often it is sent."""

    key = forms.CharField(max_length=80, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, initial: dict[str, Any]) -> None:
        super().__init__(data, initial={"key": uuid.uuid4().hex} | initial)


class AppealForm(Keyed):
    """Why the decision is wrong."""

    grounds = forms.CharField(
        label=_("Why the decision is wrong"),
        max_length=LONGEST,
        help_text=_(
            "Which facts were not seen or seen wrongly, and what bears it out. "
            "No names of children, nothing about health."
        ),
        widget=forms.Textarea(attrs={"rows": 8}),
    )


class ChangeForm(Keyed):
    """What the register says of the NGO, to be overwritten where it has changed."""

    name = forms.CharField(label=LABELS["name"], max_length=500)
    short_name = forms.CharField(label=LABELS["short_name"], max_length=200)
    form = forms.CharField(label=LABELS["form"], max_length=200)
    head_name = forms.CharField(label=LABELS["head_name"], max_length=200)
    phone = forms.CharField(label=LABELS["phone"], max_length=100, required=False)
    email = forms.EmailField(label=LABELS["email"], max_length=254, required=False)
    site_url = forms.CharField(label=LABELS["site_url"], max_length=200, required=False)
    since_on = forms.DateField(
        label=_("Since which day this holds"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    why = forms.CharField(
        label=_("On what paper"),
        max_length=1000,
        help_text=_("For example: minutes of the general meeting No. 4 of 12 October 2026."),
    )

    def __init__(self, data: Any, *, ngo: Ngo, typed: dict[str, Any]) -> None:
        self.was = said(ngo)
        super().__init__(data, initial=self.was | typed)

    def report(self) -> Report:
        """What was typed, for the service."""
        return Report(**{n: self.cleaned_data[n] for n in (*REPORTED, "since_on", "why")})

    @property
    def changes(self) -> Iterable[tuple[Any, str, str]]:
        """What was and what becomes, for the page of checking."""
        for name in REPORTED:
            if self.cleaned_data[name] != self.was[name]:
                yield LABELS[name], self.was[name], self.cleaned_data[name]
