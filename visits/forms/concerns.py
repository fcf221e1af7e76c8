"""A word to the Department."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.process import Refused
from visits.models import ConcernKind

LONGEST = 4000


class ConcernForm(forms.Form):
    """What it is about, and the words."""

    about = forms.ChoiceField(
        label=_("What it is about"),
        choices=ConcernKind,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what it is about.")},
    )
    text = forms.CharField(
        label=_("What happened"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("When, where, who was there. Do not write a child’s surname."),
        error_messages={"required": _("Write what happened, in your own words.")},
    )
    key = forms.CharField(max_length=60, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, initial: Any = None) -> None:
        super().__init__(data, initial={"key": uuid.uuid4().hex} | (initial or {}))

    def refuse(self, refused: Refused) -> None:
        """Show every objection above the form."""
        for one in refused.objections:
            self.add_error(None, f"{one.text} {one.remedy}".strip())
