"""What people type when they check somebody, or declare something about themselves."""

import hashlib
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.process import Refused
from volunteers.models import Requirement
from volunteers.models.vetting import (
    RECORD,
    TRUST,
)
from volunteers.rules import NOT_PASSED, PASSED, UNREADABLE
from volunteers.validity import last_day

NUMBERED = {
    RECORD: _("Write the number of the certificate."),
    TRUST: _("Write the number of the order."),
}


@dataclass(frozen=True)
class Preview:
    """What would be recorded, shown before it is; `sign` says that exactly this was seen."""

    requirement: Requirement
    passed: bool
    on: date
    through: date | None
    sign: str


class KeyedForm(forms.Form):
    """A form whose hidden key makes a double click harmless."""

    key = forms.CharField(max_length=80, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial={"key": uuid.uuid4().hex} | (initial or {}))

    def refuse(self, refused: Refused) -> None:
        """Show every objection, beside its field where it has one."""
        for one in refused.objections:
            text = f"{one.text} {one.remedy}".strip()
            self.add_error(one.field if one.field in self.fields else None, text)


class RecordForm(KeyedForm):
    """The outcome of a check."""

    requirement = forms.ChoiceField(label=_("What was checked"), widget=forms.RadioSelect)
    passed = forms.ChoiceField(
        label=_("What it came to"),
        widget=forms.RadioSelect,
        choices=(("yes", _("All is in order")), ("no", _("Did not pass"))),
    )
    on = forms.DateField(
        label=_("Day that stands on the paper, or day of the talk"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%d.%m.%Y"],
    )
    number = forms.CharField(
        label=_("Number of the paper, if it has one"),
        help_text=_("Kept sealed; nobody sees it whole again. The paper itself is not kept."),
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(
        self, data: Any, *, requirements: Sequence[Requirement], chosen: str, today: date
    ) -> None:
        super().__init__(data, initial={"requirement": chosen, "on": today})
        self.today = today
        self.by_code = {one.code: one for one in requirements}
        offered = [(one.code, one.name) for one in requirements]
        cast(forms.ChoiceField, self.fields["requirement"]).choices = offered

    def clean_on(self) -> date:
        """Not in the future: such a paper cannot have been seen."""
        on: date = self.cleaned_data["on"]
        if on > self.today:
            raise forms.ValidationError(
                _("This day lies in the future. Write the day that stands on the paper.")
            )
        return on

    def clean(self) -> dict[str, Any]:
        """A certificate and an order have numbers."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        missing = NUMBERED.get(found.get("requirement", ""))
        if missing and not found.get("number", "").strip() and found.get("passed") == "yes":
            self.add_error("number", missing)
        return found

    def preview(self) -> Preview:
        """What would be recorded."""
        found = self.cleaned_data
        asked = self.by_code[found["requirement"]]
        values = (asked.code, found["passed"], found["on"].isoformat(), found["number"])
        sign = hashlib.sha256("|".join(values).encode()).hexdigest()[:16]
        through = last_day(found["on"], asked.months)
        return Preview(asked, found["passed"] == "yes", found["on"], through, sign)


class OpinionForm(KeyedForm):
    """The second checker's own answer."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    opinion = forms.ChoiceField(
        label=_("Your own outcome"),
        widget=forms.RadioSelect,
        choices=(
            (PASSED, _("No record of conviction or prosecution")),
            (NOT_PASSED, _("There is a record that bars this work")),
            (UNREADABLE, _("The paper is unreadable or was issued to somebody else")),
        ),
    )
    reason = forms.CharField(
        label=_("A word to the volunteer, if it is not confirmed"),
        help_text=_("The volunteer and the NGO will read it. Nothing of what the paper says."),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class AgreeForm(KeyedForm):
    """A declaration about oneself."""

    agree = forms.BooleanField()

    def __init__(self, data: Any = None, *, words: str = "") -> None:
        super().__init__(data)
        self.fields["agree"].label = words
