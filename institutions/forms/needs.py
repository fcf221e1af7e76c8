"""Announcing whom a house needs, and looking through what is needed."""

import uuid
from collections.abc import Iterable
from datetime import timedelta
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from institutions.forms.fields import DayField, Refusable
from institutions.queries.types import Offered
from institutions.services.needs import Wanted
from registry.models import Site
from registry.queries.choices import Choices

WORDS = 1000
MOST_PEOPLE = 100
LONGEST = timedelta(days=366)


class NeedForm(Refusable):
    """For what, how many people, from when until when."""

    type = forms.TypedChoiceField(label=_("Type of interaction"), coerce=int)
    site = forms.TypedChoiceField(label=_("Where"), coerce=int, required=False, empty_value=None)
    words = forms.CharField(
        label=_("Whom you need and what for"),
        max_length=WORDS,
        help_text=_("Everybody will read it: no names of residents, nothing about their health."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    people = forms.IntegerField(
        label=_("How many people are needed"), min_value=1, max_value=MOST_PEOPLE
    )
    from_on = DayField(_("From which day"))
    through_on = DayField(
        _("Through which day"), help_text=_("After this day the announcement is over by itself.")
    )

    def __init__(
        self, types: list[Offered], sites: Iterable[Site], data: Any = None, typed: Any = None
    ) -> None:
        super().__init__(data, initial={"key": uuid.uuid4().hex} | dict(typed or {}))
        choice = cast(forms.TypedChoiceField, self.fields["type"])
        choice.choices = [(str(one.type_id), one.name) for one in types]
        places = [(str(one.pk), one.name) for one in sites]
        if len(places) > 1:
            where = cast(forms.TypedChoiceField, self.fields["site"])
            where.choices = [("", _("anywhere in the institution")), *places]
        else:
            del self.fields["site"]

    def clean(self) -> dict[str, Any]:
        """The days in their order, and not for ever."""
        first, last = self.cleaned_data.get("from_on"), self.cleaned_data.get("through_on")
        if first and last and last < first:
            self.add_error("through_on", _("The last day cannot be before the first."))
        elif first and last and last - first > LONGEST:
            self.add_error("through_on", _("An announcement is for a year at most."))
        return self.cleaned_data

    def wanted(self) -> Wanted:
        """What was typed, for the service."""
        known = {name: self.cleaned_data.get(name) for name in Wanted.__annotations__}
        return Wanted(**cast(Any, known))


class NeedsFilter(forms.Form):
    """Where and for what; nothing in it is required."""

    okrug = forms.ChoiceField(label=_("Okrug"), required=False)
    type = forms.ChoiceField(label=_("Type of interaction"), required=False)

    def __init__(self, data: Any, choices: Choices) -> None:
        super().__init__(data)
        for name, offered in (("okrug", choices.okrugs), ("type", choices.types)):
            cast(forms.ChoiceField, self.fields[name]).choices = [("", _("Any")), *offered.items()]

    def asked(self) -> dict[str, str]:
        """What is looked for; nothing where it cannot be understood."""
        if not self.is_valid():
            return {}
        return {name: self.cleaned_data[name] for name in ("okrug", "type")}
