"""What a checker types to search the bank, to write a question, to retire one."""

import uuid
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.process import Refused
from registry.models import Tier
from volunteers.bank.content import LEVELS, OF_QUESTION, Content
from volunteers.bank.proposing import Draft
from volunteers.bank.rules import MOST
from volunteers.models import QuestionChange, QuestionVersion, Topic
from volunteers.models.test import TESTED_TIERS
from volunteers.queries.bank import ALL, ASKED, RETIRED, Wanted
from volunteers.queries.figures import ANY, WORDS
from volunteers.testing.judging import Fault

LONG, SHORT = 1000, 300
TIERS = [(tier, f"{tier} {Tier(tier).label}") for tier in TESTED_TIERS]
NO_MATTER = ("", _("no matter"))
Choices = list[tuple[str, str]]


class BankForm(forms.Form):
    """The search over the bank; nothing in it is required."""

    q = forms.CharField(
        label=_("Words or code"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    topic = forms.ChoiceField(label=_("Topic"), required=False, choices=[NO_MATTER, *Topic.choices])
    tier = forms.ChoiceField(
        label=_("Tier"), required=False, choices=[NO_MATTER, *((one, one) for one in TESTED_TIERS)]
    )
    type = forms.ChoiceField(label=_("Type"), required=False)
    state = forms.ChoiceField(
        label=_("Asked or retired"),
        required=False,
        choices=[(ASKED, _("asked now")), (RETIRED, _("retired")), (ALL, _("all"))],
    )

    fault = forms.ChoiceField(
        label=_("By its figures"),
        required=False,
        choices=[NO_MATTER, (ANY, _("conspicuous")), *((one.value, WORDS[one]) for one in Fault)],
    )

    def __init__(self, data: Any, *, types: Choices) -> None:
        super().__init__(data)
        cast(forms.ChoiceField, self.fields["type"]).choices = [NO_MATTER, *types]

    def wanted(self) -> Wanted | None:
        """What is asked; None when it cannot be understood."""
        if not self.is_valid():
            return None
        asked = self.cleaned_data
        state = asked["state"] or ASKED
        narrow = (asked["q"], asked["topic"], asked["tier"], asked["type"])
        return Wanted(*narrow, state, asked["fault"])


def text(label: Any, most: int = LONG, **more: Any) -> forms.CharField:
    """A text of a question."""
    area = forms.Textarea(attrs={"rows": 2 if most == SHORT else 3})
    return forms.CharField(label=label, max_length=most, widget=area, **more)


class ChangeForm(forms.Form):
    """Why the bank changes; what becomes of it the kinds of change say themselves."""

    what = QuestionChange.What.RETIREMENT
    key = forms.CharField(max_length=80, widget=forms.HiddenInput)
    why = text(_("Why"), 2000, help_text=_("Whoever approves will read it."))

    def __init__(self, data: Any = None, typed: Any = None) -> None:
        super().__init__(data, initial={"key": uuid.uuid4().hex} | dict(typed or {}))

    def content(self) -> Content:
        """What is written; nothing for a retirement."""
        return {}

    def draft(self, follows: QuestionVersion | None) -> Draft:
        """What was typed, for the service."""
        given = self.cleaned_data
        return Draft(self.what, given["why"], self.content(), given.get("ground", ""), follows)

    def refuse(self, refused: Refused) -> None:
        """Every objection, beside its field where it has one."""
        for one in refused.objections:
            place = one.field if one.field in self.fields else None
            self.add_error(place, f"{one.text} {one.remedy}".strip())


class RetireForm(ChangeForm):
    """Why a question is not asked any more."""

    ground = forms.ChoiceField(
        label=_("Ground"), choices=QuestionChange.Ground.choices, widget=forms.RadioSelect
    )
    field_order = ("key", "ground", "why")


class VersionForm(ChangeForm):
    """Everything that a version of a question says, in both languages."""

    what = QuestionChange.What.VERSION
    tiers = forms.MultipleChoiceField(
        label=_("Clearance tiers"), choices=TIERS, widget=forms.CheckboxSelectMultiple
    )
    difficulty = forms.TypedChoiceField(
        label=_("Difficulty, by your estimate"),
        coerce=int,
        choices=list(LEVELS.items()),
        widget=forms.RadioSelect,
    )
    types = forms.MultipleChoiceField(
        label=_("Types of interaction"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None: the question suits any."),
    )
    text_ru = text(_("Question, in Russian"))
    text_en = text(_("Question, in English"))
    explanation_ru = text(_("Explanation, in Russian"))
    explanation_en = text(_("Explanation, in English"))
    source = forms.CharField(label=_("Source"), max_length=100, initial="house rule")

    def __init__(self, data: Any = None, typed: Any = None, *, types: Choices) -> None:
        super().__init__(data, typed)
        cast(forms.MultipleChoiceField, self.fields["types"]).choices = types
        for n in range(1, MOST + 1):
            optional = {"required": n < MOST}
            self.fields[f"option_{n}_ru"] = text(_("In Russian"), SHORT, **optional)
            self.fields[f"option_{n}_en"] = text(_("In English"), SHORT, **optional)
            self.fields[f"option_{n}_right"] = forms.BooleanField(
                label=_("This option is right"), required=False
            )

    def options(self) -> list[list[forms.BoundField]]:
        """The fields of each option together."""
        names = ("ru", "en", "right")
        return [[self[f"option_{n}_{name}"] for name in names] for n in range(1, MOST + 1)]

    def content(self) -> Content:
        """The fields of the version; an option left empty is left out."""
        given = self.cleaned_data
        options = [one for n in range(1, MOST + 1) if (one := _option(given, n))]
        texts = ("text_ru", "text_en", "explanation_ru", "explanation_en", "source", "difficulty")
        return {name: given[name] for name in texts} | {
            "tiers": sorted(given["tiers"]),
            "types": sorted(given["types"]),
            "options": options,
            "multiple": sum(one["correct"] for one in options) > 1,
        }


class QuestionForm(VersionForm):
    """A new question: what it is about, and whether it must be answered right, stays for good."""

    what = QuestionChange.What.NEW
    topic = forms.ChoiceField(label=_("Topic"), choices=Topic.choices)
    mandatory = forms.BooleanField(
        label=_("Must be answered right to pass"),
        required=False,
        help_text=_("Only what concerns secrets, abuse or a missing child."),
    )

    def content(self) -> Content:
        """The version and what holds for the question as a whole."""
        return super().content() | {name: self.cleaned_data[name] for name in OF_QUESTION}


def typed(content: Content) -> dict[str, Any]:
    """What the form would have been filled in with to say this."""
    found = {name: value for name, value in content.items() if name != "options"}
    for n, option in enumerate(content.get("options", []), start=1):
        found[f"option_{n}_ru"], found[f"option_{n}_en"] = option["text_ru"], option["text_en"]
        found[f"option_{n}_right"] = option["correct"]
    return found


def _option(given: dict[str, Any], n: int) -> dict[str, Any] | None:
    said = {f"text_{name}": given[f"option_{n}_{name}"] for name in ("ru", "en")}
    right = given[f"option_{n}_right"]
    return {**said, "correct": right} if right or any(said.values()) else None
