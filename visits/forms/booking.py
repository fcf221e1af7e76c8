"""Narrowing the list of times, and asking for a visit."""

import uuid
from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.http import urlencode
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from casework.process import Refused
from visits.queries.search import Choices, Wanted
from visits.queries.wish import Wish

LONGEST = 500
MOST, DIGITS = 2**63 - 1, 18
ANY = ("", _("any"))
PARTS = (
    ("morning", _("in the morning, before 12:00")),
    ("day", _("in the day, 12:00 to 17:00")),
    ("evening", _("in the evening, after 17:00")),
)


class Filters(forms.Form):
    """What the list of times is narrowed to; offered is only what there is."""

    institution = forms.ChoiceField(label=_("Institution"), required=False)
    okrug = forms.ChoiceField(label=_("Okrug"), required=False)
    type = forms.ChoiceField(label=_("Type of interaction"), required=False)
    weekday = forms.ChoiceField(label=_("Day of the week"), required=False)
    part = forms.ChoiceField(label=_("Time of day"), required=False)

    def __init__(self, data: Any, choices: Choices) -> None:
        super().__init__(data or None)
        weekdays = [(str(number), capfirst(str(name))) for number, name in WEEKDAYS.items()]
        self._offer("institution", choices.institutions)
        self._offer("okrug", choices.okrugs)
        self._offer("type", choices.types)
        self._offer("weekday", weekdays)
        self._offer("part", PARTS)

    def wanted(self) -> Wanted:
        """What was chosen; what is not offered narrows nothing."""
        if not self.is_bound:
            return Wanted()
        self.is_valid()
        return Wanted(**{name: self.cleaned_data.get(name, "") for name in self.fields})

    @property
    def query(self) -> str:
        """What was chosen, for the address of another page of the list."""
        chosen = {name: value for name, value in vars(self.wanted()).items() if value}
        return f"{urlencode(chosen)}&" if chosen else ""

    def _offer(self, name: str, pairs: Any) -> None:
        field: Any = self.fields[name]
        field.choices = [ANY, *pairs]


class Asking(forms.Form):
    """What for, and whether everybody is well. The key makes a double click harmless."""

    key = forms.CharField(max_length=80, widget=forms.HiddenInput)
    programme = forms.CharField(
        label=_("The programme in a sentence"),
        help_text=_("For example: we read aloud and draw what we have read."),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    well = forms.BooleanField(
        label=_("Everybody who comes is well now: no fever, no cough, no rash."),
        help_text=_(
            "Whoever falls ill before the visit stays at home and says so here. "
            "The answer is asked again at the gate and is not kept."
        ),
        error_messages={
            "required": _("Without this nobody is let in. If somebody is ill, choose a later time.")
        },
    )


class Sent(Asking):
    """The answers alone, for the rules to judge: nothing is read to offer choices."""

    type = forms.IntegerField(min_value=1, max_value=MOST)
    people = forms.MultipleChoiceField(required=False)

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        named: Any = self.fields["people"]
        named.choices = [(key, key) for key in data.getlist("people") if _is_key(key)]

    def clean_people(self) -> set[int]:
        """The keys of whoever is named."""
        return {int(key) for key in self.cleaned_data["people"]}


class Booking(Asking):
    """The same with what can be chosen: what to do, and who comes."""

    type = forms.ChoiceField(label=_("What will you do?"), widget=forms.RadioSelect)
    people = forms.MultipleChoiceField(
        label=_("Who comes?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Name at least one person.")},
    )
    field_order = ("key", "type", "people", "programme", "well")

    def __init__(self, wish: Wish, data: Any = None, initial: Any = None) -> None:
        kept = {name: value for name, value in (initial or {}).items() if name != "well"}
        start = {"key": uuid.uuid4().hex, "type": wish.first_type} | kept
        super().__init__(data, initial=start)
        kinds: Any = self.fields["type"]
        kinds.choices = [(str(one.type_id), one.name) for one in wish.types]
        if wish.names_others:
            people: Any = self.fields["people"]
            people.choices = [(str(one.person.pk), str(one.person)) for one in wish.ready]
        else:
            del self.fields["people"]

    def refuse(self, refused: Refused) -> None:
        """Mark the fields that stand in the way; the page lists every reason above."""
        for one in refused.objections:
            if one.field in self.fields:
                self.add_error(one.field, str(one.text))

    def sent(self) -> list[tuple[str, str]]:
        """Everything as it was typed, to be sent again from the page of checking."""
        pairs = []
        for name in self.fields:
            value = self.cleaned_data[name]
            values = value if isinstance(value, list) else ["on" if value is True else value]
            pairs += [(name, str(one)) for one in values]
        return pairs


def _is_key(typed: str) -> bool:
    return typed.isascii() and typed.isdigit() and len(typed) <= DIGITS
