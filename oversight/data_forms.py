"""What a person types about the data kept of them."""

import uuid
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.process import Refused
from oversight.wanted import FIELDS, NAMES, now_of

LONGEST, OLDEST = 2000, date(1900, 1, 1)


class _Request(forms.Form):
    """Words to whoever answers, and the key that makes a double click harmless."""

    key = forms.CharField(max_length=60, widget=forms.HiddenInput)
    words = forms.CharField(max_length=LONGEST, required=False, widget=forms.Textarea({"rows": 4}))

    def __init__(self, data: Any = None, *, initial: Any = None) -> None:
        super().__init__(data, initial={"key": uuid.uuid4().hex} | (initial or {}))

    def wanted(self) -> dict[str, str]:
        """The new values, where there are any."""
        return {}

    def refuse(self, refused: Refused) -> None:
        """Show every objection above the form."""
        for one in refused.objections:
            self.add_error(None, f"{one.text} {one.remedy}".strip())


class EraseForm(_Request):
    """That it is meant, and why if one likes."""

    sure = forms.BooleanField(
        label=_("I understand that my account will be closed and cannot be opened again"),
        error_messages={"required": _("Tick this if you mean it.")},
    )
    field_order = ("words", "sure")

    def __init__(self, data: Any = None, *, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        self.fields["words"].label = _("Anything you want to add")


class CorrectForm(_Request):
    """Every field as it stands today; what is changed is what is asked for."""

    family_name = forms.CharField(label=FIELDS["family_name"], max_length=100, required=False)
    given_name = forms.CharField(label=FIELDS["given_name"], max_length=100, required=False)
    patronymic = forms.CharField(label=FIELDS["patronymic"], max_length=100, required=False)
    born_on = forms.DateField(
        label=FIELDS["born_on"],
        required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Write the day as day.month.year.")},
    )
    phone = forms.CharField(label=FIELDS["phone"], max_length=100, required=False)
    field_order = (*FIELDS, "words")

    def __init__(self, data: Any = None, *, person: Any, initial: Any = None) -> None:
        self.now = now_of(person)
        super().__init__(data, initial=self.now | (initial or {}))
        self.fields["words"].label = _("What is wrong, and what confirms it")
        self.fields["words"].help_text = str(
            _("Name the paper that a checker may look at. Attach nothing and write no numbers.")
        )
        for name in FIELDS.keys() - self.now.keys():
            del self.fields[name]

    def clean_born_on(self) -> date | None:
        """A day on which somebody now living may have been born."""
        born: date | None = self.cleaned_data["born_on"]
        if born and not OLDEST <= born <= timezone.localdate():
            raise forms.ValidationError(_("Nobody was born on this day. Check the year."))
        return born

    def clean(self) -> dict[str, Any]:
        """A name is changed, never taken away."""
        found: dict[str, Any] = super().clean() or {}
        for name in NAMES:
            if name != "patronymic" and self.now[name] and found.get(name) == "":
                self.add_error(name, _("Write the right name instead of the wrong one."))
        return found

    def wanted(self) -> dict[str, str]:
        """Only what differs from what stands there today; a birthday as ISO."""
        typed = {name: self.cleaned_data[name] for name in self.now}
        new = {
            name: value.isoformat() if isinstance(value, date) else (value or "")
            for name, value in typed.items()
        }
        return {name: value for name, value in new.items() if value != self.now[name]}
