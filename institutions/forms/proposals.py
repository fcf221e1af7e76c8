"""What an NGO writes to an institution."""

import uuid
from datetime import timedelta
from typing import Any, cast

from django import forms
from django.core.validators import MaxValueValidator
from django.utils.translation import gettext_lazy as _

from institutions.forms.fields import DayField, Refusable
from institutions.models import Group, Proposal
from institutions.queries.types import Offered
from institutions.services.proposals import Draft

LONGEST = 4000
MOST_A_WEEK = 50
MOST_YEARS = 3
YEAR = timedelta(days=366)


def _long(label: Any, hint: Any, *, required: bool = True, rows: int = 5) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(
        label=label, help_text=hint, max_length=LONGEST, required=required, widget=widget
    )


class ProposalForm(Refusable):
    """The contents that decree 1425 asks for, as questions."""

    types = forms.MultipleChoiceField(
        label=_("Types of interaction"), widget=forms.CheckboxSelectMultiple
    )
    groups = forms.MultipleChoiceField(
        label=_("For whom"), choices=Group.choices, widget=forms.CheckboxSelectMultiple
    )
    from_on = DayField(_("First day"))
    through_on = DayField(_("Last day"))
    visits_a_week = forms.IntegerField(
        label=_("Visits a week, at most"), min_value=1, max_value=MOST_A_WEEK, initial=1
    )
    people_a_visit = forms.IntegerField(
        label=_("People in a visit, at most"), min_value=1, initial=4
    )
    programme = _long(
        _("What will be done"), _("What the volunteers do, with whom, how long, on which days.")
    )
    preparation = _long(
        _("How the volunteers are prepared"),
        _("Who prepares them, how many hours, what they are taught, how many are ready."),
    )
    experience = _long(
        _("Experience"), _("Since when the NGO does this, and where; who can tell of it.")
    )
    needs = _long(
        _("What is needed from the institution"),
        _("A room, a member of staff, equipment. Empty if nothing is."),
        required=False,
        rows=3,
    )

    def __init__(
        self, fitting: list[Offered], most_people: int, data: Any = None, typed: Any = None
    ) -> None:
        super().__init__(data, initial={"key": uuid.uuid4().hex, **(typed or {})})
        types = cast(forms.MultipleChoiceField, self.fields["types"])
        types.choices = [(str(one.type_id), one.name) for one in fitting]
        people = self.fields["people_a_visit"]
        people.validators.append(MaxValueValidator(most_people))
        people.widget.attrs["max"] = most_people

    def clean(self) -> dict[str, Any]:
        """The days in their order, and not for ever."""
        first, last = self.cleaned_data.get("from_on"), self.cleaned_data.get("through_on")
        if first and last and last < first:
            self.add_error("through_on", _("The last day cannot be before the first."))
        elif first and last and last - first > MOST_YEARS * YEAR:
            self.add_error("through_on", _("A proposal is for three years at most."))
        return self.cleaned_data

    def draft(self) -> Draft:
        """What was typed, for the service."""
        said = {name: value for name, value in self.cleaned_data.items() if name != "key"}
        return Draft(**said | {"types": [int(key) for key in said["types"]]})


def typed_of(proposal: Proposal) -> dict[str, Any]:
    """What a draft says, as the form shows it."""
    plain = ("groups", "visits_a_week", "people_a_visit")
    blocks = ("programme", "preparation", "experience", "needs")
    return {name: getattr(proposal, name) for name in (*plain, *blocks)} | {
        "types": [str(key) for key in proposal.types.values_list("pk", flat=True)],
        "from_on": proposal.during.lower,
        "through_on": proposal.last_on,
    }
