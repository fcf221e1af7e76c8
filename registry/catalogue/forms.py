"""What a registrar types to change a type of interaction or its procedure."""

import uuid
from datetime import date
from typing import Any

from django import forms
from django.forms.formsets import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _

from casework.calendar import FIRST_YEAR, LAST_YEAR
from casework.process import Refused
from registry.catalogue.content import PARTS, TEXTS, Content
from registry.catalogue.proposing import Draft
from registry.models import Kind, Risk, Tier, TypeChange

LONG = 4000
MOST_STEPS, MORE_STEPS = 40, 2
LABELS = {
    "name_ru": _("Name in Russian"),
    "name_en": _("Name in English"),
    "supervision_ru": _("Supervision, in Russian"),
    "supervision_en": _("Supervision, in English"),
    "limits_ru": _("Limits, in Russian"),
    "limits_en": _("Limits, in English"),
    "conditions_ru": _("Conditions, in Russian"),
    "conditions_en": _("Conditions, in English"),
    "actor_ru": _("Who, in Russian"),
    "actor_en": _("Who, in English"),
    "action_ru": _("Does what, in Russian"),
    "action_en": _("Does what, in English"),
    "evidence_ru": _("What remains as proof, in Russian"),
    "evidence_en": _("What remains as proof, in English"),
}


def text(name: str, *, required: bool = True) -> forms.CharField:
    """A text of the catalogue in one of its languages."""
    short = name.startswith(("name", "actor"))
    widget: forms.Widget = forms.TextInput() if short else forms.Textarea(attrs={"rows": 3})
    most = (120 if name.startswith("name") else 80) if short else LONG
    return forms.CharField(label=LABELS[name], max_length=most, widget=widget, required=required)


class ChangeForm(forms.Form):
    """From which day, and why; `what` it is, the kinds of change say themselves."""

    what = TypeChange.What.RETIREMENT
    key = forms.CharField(max_length=80, widget=forms.HiddenInput)
    from_on = forms.DateField(
        label=_("From which day"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        help_text=_("Tomorrow or later. Visits of earlier days go by what holds now."),
    )
    why = forms.CharField(
        label=_("Why"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Whoever approves will read it."),
    )

    def __init__(self, data: Any = None, typed: Any = None) -> None:
        super().__init__(data, initial={"key": uuid.uuid4().hex} | dict(typed or {}))

    def clean_from_on(self) -> date:
        """A day that the calendar reaches."""
        on: date = self.cleaned_data["from_on"]
        if not FIRST_YEAR <= on.year < LAST_YEAR:
            raise forms.ValidationError(
                _("The calendar holds the years up to %(year)s.") % {"year": LAST_YEAR - 1}
            )
        return on

    def content(self) -> Content:
        """What is written; nothing for a retirement."""
        return {}

    def draft(self) -> Draft:
        """What was typed, for the service."""
        given = self.cleaned_data
        return Draft(self.what, given["from_on"], given["why"], self.content())

    def refuse(self, refused: Refused) -> None:
        """Every objection, beside its field where it has one."""
        for one in refused.objections:
            place = one.field if one.field in self.fields else None
            self.add_error(place, f"{one.text} {one.remedy}".strip())


class VersionForm(ChangeForm):
    """Everything that a version says, in both languages."""

    what = TypeChange.What.VERSION
    risk = forms.ChoiceField(label=_("Risk"), choices=Risk.choices, widget=forms.RadioSelect)
    tier = forms.ChoiceField(
        label=_("Clearance tier"),
        choices=[(one.value, f"{one.value}, {one.label}") for one in Tier],
        widget=forms.RadioSelect,
    )
    kinds = forms.MultipleChoiceField(
        label=_("Where it is allowed"), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, data: Any = None, typed: Any = None) -> None:
        super().__init__(data, typed)
        for name in TEXTS:
            for language in ("ru", "en"):
                self.fields[f"{name}_{language}"] = text(f"{name}_{language}")
        kinds = self.fields["kinds"]
        assert isinstance(kinds, forms.MultipleChoiceField)  # noqa: S101  (declared above)
        kinds.choices = [(kind.code, kind.name) for kind in Kind.objects.order_by("pk")]
        first = ("name_ru", "name_en", "risk", "tier", "kinds")
        self.order_fields([*first, *LABELS, "from_on", "why"])

    def content(self) -> Content:
        """The fields of the version."""
        own = {name: self.cleaned_data[name] for name in LABELS if name in self.fields}
        plain = {name: self.cleaned_data[name] for name in ("risk", "tier")}
        return own | plain | {"kinds": sorted(self.cleaned_data["kinds"])}


class StepForm(forms.Form):
    """One step of a procedure: said in both languages, or left empty as a whole."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for part in PARTS:
            for language in ("ru", "en"):
                self.fields[f"{part}_{language}"] = text(f"{part}_{language}", required=False)

    def clean(self) -> dict[str, Any]:
        """All six texts, or none."""
        given: dict[str, Any] = super().clean() or {}
        if any(given.values()):
            for name in self.fields:
                if not given.get(name) and name not in self.errors:
                    self.add_error(name, _("This must be said in both languages."))
        return given


class Steps(BaseFormSet):  # type: ignore[type-arg]  # no generic at run time
    """The steps of a procedure in their order; an emptied one is left out."""

    def written(self) -> list[dict[str, str]]:
        """The steps that say something."""
        given = [dict(one.cleaned_data) for one in self.forms]
        return [step for step in given if any(step.values())]


class ProcedureForm(ChangeForm):
    """From which day and why a procedure changes; its steps are forms of their own."""

    what = TypeChange.What.PROCEDURE

    def __init__(self, data: Any = None, typed: Any = None, *, steps: Any = ()) -> None:
        super().__init__(data, typed)
        made = formset_factory(
            StepForm,
            formset=Steps,
            extra=MORE_STEPS,
            max_num=MOST_STEPS,
            absolute_max=MOST_STEPS,
        )
        self.steps: Any = made(data, initial=list(steps), prefix="steps")

    def is_valid(self) -> bool:
        """Both the form and its steps."""
        own, steps = super().is_valid(), self.steps.is_valid()
        return own and steps

    def content(self) -> Content:
        """The steps in order."""
        return {"steps": self.steps.written()}
