"""What the gate notes: let in with two questions, out, or a code of refusal."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.process import Objection, Refused
from visits.refusals import GateRefusal

HINTS = {GateRefusal.G3: _("Fever, cough, rash.")}


class NoteForm(forms.Form):
    """Hidden: the key that makes a second tap harmless."""

    key = forms.CharField(max_length=80, widget=forms.HiddenInput)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, initial={"key": uuid.uuid4().hex})

    def refuse(self, refused: Refused) -> None:
        """Every objection that belongs to a field stands there; the others are the page's."""
        for one in refused.objections:
            self.add_error(one.field if one.field in self.fields else None, words(one))


class EntryForm(NoteForm):
    """Asked at the door of everybody, every time."""

    document = forms.BooleanField(
        label=_("I have seen the identity document"),
        error_messages={"required": _("Ask for the identity document and look at the name.")},
    )
    healthy = forms.BooleanField(
        label=_("The visitor says: no fever, no cough, no rash"),
        error_messages={"required": _("Ask the visitor how they feel.")},
    )


class RefusalForm(NoteForm):
    """A code, large; what is proved wrong cannot be chosen."""

    code = forms.ChoiceField(
        label=_("Why this person is not let in"),
        choices=GateRefusal,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a code.")},
    )

    @property
    def chosen(self) -> dict[str, str]:
        """The code, as the note takes it."""
        return {"code": self.cleaned_data["code"]}

    def options(self, wrong: dict[str, Objection]) -> list[dict[str, Any]]:
        """Every code with its words; `why_not` says why it cannot be chosen now."""
        return [
            {
                "code": code.value,
                "label": code.label,
                "hint": HINTS.get(code, ""),
                "why_not": wrong[code].text if code in wrong else "",
                "chosen": self.data.get("code") == code.value,
            }
            for code in GateRefusal
        ]


def words(objection: Objection) -> str:
    """What the gate may read of an objection: whoever is not cleared is said without papers."""
    if objection.code == "not_cleared":
        return str(_("Not cleared for this visit today: do not let in."))
    return f"{objection.text} {objection.remedy}".strip()
