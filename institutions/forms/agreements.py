"""Looking for the other side, and offering it an agreement."""

import uuid
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator
from django.utils.translation import gettext_lazy as _

from institutions.forms.fields import DayField, Refusable, many
from institutions.queries.types import Offered

MOST_A_WEEK = 50
# An accepted proposal brings all of its conditions along.
LONGEST = 14_000
MOST_YEARS = 5
YEAR = timedelta(days=366)


class SearchForm(forms.Form):
    """The other side by name; the one that was chosen; and what is begun from."""

    q = forms.CharField(
        label=_("Name, INN or OGRN"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    side = forms.SlugField(required=False, widget=forms.HiddenInput)
    proposal = forms.SlugField(required=False, widget=forms.HiddenInput)
    renews = forms.SlugField(required=False, widget=forms.HiddenInput)
    after = forms.CharField(max_length=2000, required=False, widget=forms.HiddenInput)


class OfferForm(Refusable):
    """What is agreed on. Only types that are possible for both sides can be chosen."""

    types = forms.MultipleChoiceField(label=_("Types of interaction"))
    from_on = DayField(_("First day"))
    through_on = DayField(_("Last day"))
    visits_a_week = forms.IntegerField(
        label=_("Visits a week, at most"), min_value=1, max_value=MOST_A_WEEK, initial=7
    )
    people_a_visit = forms.IntegerField(
        label=_("People in a visit, at most"), min_value=1, initial=5
    )
    note = forms.CharField(
        label=_("What else was agreed"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(
        self, offered: list[Offered], most_people: int, data: Any = None, typed: Any = None
    ) -> None:
        given = {"key": uuid.uuid4().hex, **(typed or {})}
        super().__init__(data, initial=given)
        self.offered = offered
        chosen = data.getlist("types") if data is not None else many(given.get("types", []))
        self.chosen = set(chosen)
        types, people = self.fields["types"], self.fields["people_a_visit"]
        assert isinstance(types, forms.MultipleChoiceField)  # noqa: S101  (declared above)
        types.choices = [(str(one.type_id), one.name) for one in offered if not one.why_not]
        people.validators.append(MaxValueValidator(most_people))
        people.widget.attrs["max"] = most_people
        people.help_text = _("The rulebook allows up to %(most)d.") % {"most": most_people}

    def offered_types(self) -> Iterator[dict[str, Any]]:
        """Every type in force: possible or why not, and whether it is marked."""
        for one in self.offered:
            yield {"type": one, "checked": str(one.type_id) in self.chosen}

    def clean(self) -> dict[str, Any]:
        """The days in their order, and not for ever."""
        first, last = self.cleaned_data.get("from_on"), self.cleaned_data.get("through_on")
        if first and last and last < first:
            self.add_error("through_on", _("The last day cannot be before the first."))
        elif first and last and last - first > MOST_YEARS * YEAR:
            self.add_error("through_on", _("An agreement is for five years at most."))
        return self.cleaned_data

    def offer(self) -> dict[str, Any]:
        """What the offer is made of."""
        return self.cleaned_data | {"types": [int(key) for key in self.cleaned_data["types"]]}
