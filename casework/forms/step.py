"""The form of a step, made from what the step asks: one idiom for every process."""

import uuid
from dataclasses import Field, fields
from typing import Any, get_type_hints

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.hats import Acting
from casework.process import Choices, Refused, Step

NUL = "\x00"


class StepForm(forms.Form):
    """Hidden: the key that makes a double click harmless, and the version that was seen."""

    key = forms.CharField(max_length=80, widget=forms.HiddenInput)
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    confirmed = forms.CharField(max_length=16, widget=forms.HiddenInput, required=False)

    def answers(self) -> dict[str, Any]:
        """What was typed, without the form's own fields."""
        own = {"key", "seen", "confirmed"}
        typed = getattr(self, "cleaned_data", {})
        return {name: value for name, value in typed.items() if name not in own}

    def confirm(self, sign: str) -> None:
        """Put the sign of what was shown into the form, so that sending it again confirms it."""
        if self.is_bound:
            self.data = {**self.cleaned_data, "confirmed": sign}
        self.initial["confirmed"] = sign

    def refuse(self, refused: Refused) -> None:
        """Show every objection, beside its field where it has one."""
        for one in refused.objections:
            text = f"{one.text} {one.remedy}".strip()
            self.add_error(one.field if one.field in self.fields else None, text)


def form_for(
    step: Step, detail: Any, acting: Acting | None, data: Any = None, initial: Any = None
) -> StepForm:
    """The bound or empty form of this step for this case."""
    made: dict[str, forms.Field] = {}
    start = {"key": uuid.uuid4().hex, "seen": detail.case.version} | (initial or {})
    if step.asks is not None:
        hints = get_type_hints(step.asks)
        for one in fields(step.asks):
            made[one.name] = _field(one, hints[one.name], detail, acting)
            if one.metadata["initial"] is not None:
                start.setdefault(one.name, one.metadata["initial"](detail))
    form = type("Asked", (StepForm,), made)(data, initial=start)
    assert isinstance(form, StepForm)  # noqa: S101  (made from it one line above)
    return form


def _field(one: Field[Any], hint: Any, detail: Any, acting: Acting | None) -> forms.Field:
    meta = one.metadata
    common: dict[str, Any] = {
        "label": meta["label"],
        "required": meta["required"],
        "help_text": meta["hint"],
    }
    if meta["choices"] is not None:
        return _choice(meta, common, detail, acting)
    kinds: dict[Any, type[forms.Field]] = {int: forms.IntegerField, bool: forms.BooleanField}
    name = getattr(hint, "__name__", "")
    if name == "date":
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        return forms.DateField(widget=widget, **common)
    if name == "time":
        return forms.TimeField(widget=forms.TimeInput(attrs={"type": "time"}), **common)
    if hint in kinds:
        return kinds[hint](**common)
    lines = forms.Textarea(attrs={"rows": 4}) if meta["long"] else forms.TextInput()
    return forms.CharField(max_length=2000, widget=lines, **common)


def _choice(meta: Any, common: dict[str, Any], detail: Any, acting: Acting | None) -> forms.Field:
    options = meta["choices"]
    found = options.of(detail, acting) if isinstance(options, Choices) else options.choices
    pairs = [(str(value), text) for value, text in found]
    if meta["many"]:
        widget: forms.Widget = forms.CheckboxSelectMultiple()
        return forms.MultipleChoiceField(choices=pairs, widget=widget, **common)
    if not common["required"]:
        pairs = [("", _("none")), *pairs]
    return forms.ChoiceField(choices=pairs, widget=forms.RadioSelect(), **common)
