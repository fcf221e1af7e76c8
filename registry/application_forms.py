"""What an NGO types to come in and to apply."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from casework.process import Refused
from registry.applying import About, Draft
from registry.models import Application, Defect
from registry.numbers import clean_inn, clean_number, is_inn, is_ogrn
from registry.queries.applications import Fitting, wanted_pairs

LONGEST = 4000
# Beside which part of the form a defect is shown.
PART_OF = {
    Defect.D1: "about",
    Defect.D2: "preparation",
    Defect.D3: "safeguarding",
    Defect.D4: "preparation",
    Defect.D5: "wanted",
    Defect.D6: "documents",
}


BLOCKS = {
    "experience": _("Experience"),
    "safeguarding": _("Protection of children"),
    "preparation": _("Preparation of volunteers"),
}


class Refusable(forms.Form):
    """A form beside whose fields the domain's objections are shown."""

    def refuse(self, refused: Refused) -> None:
        """Show every objection, beside its field where it has one."""
        for one in refused.objections:
            field = one.field if one.field in self.fields else None
            self.add_error(field, f"{one.text} {one.remedy}".strip())


class AboutForm(Refusable):
    """Names, state numbers, who leads."""

    name = forms.CharField(
        label=_("Full name"),
        max_length=500,
        help_text=_("As it stands in the state register."),
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    short_name = forms.CharField(label=_("Short name"), max_length=200)
    ogrn = forms.CharField(
        label=_("OGRN"),
        max_length=40,
        help_text=_("13 digits; 15 for an individual organiser."),
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    inn = forms.CharField(
        label=_("INN"),
        max_length=40,
        help_text=_("10 digits; 12 for an individual organiser."),
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    form = forms.CharField(
        label=_("Legal form"),
        max_length=200,
        help_text=_("For example: charitable foundation, autonomous non-profit organisation."),
    )
    head_name = forms.CharField(
        label=_("Name of the head"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )

    def clean_ogrn(self) -> str:
        """Its last digit is a check digit."""
        number = clean_number(self.cleaned_data["ogrn"])
        if not is_ogrn(number):
            raise forms.ValidationError(_("This is no OGRN: compare it with the certificate."))
        return number

    def clean_inn(self) -> str:
        """Its last digit or two are check digits."""
        number = clean_inn(self.cleaned_data["inn"])
        if not is_inn(number):
            raise forms.ValidationError(_("This is no INN: compare it with the certificate."))
        return number

    def about(self) -> About:
        """What was typed, for the service."""
        return About(**{one.name: self.cleaned_data[one.name] for one in fields(About)})


class ComeInForm(AboutForm):
    """A new NGO asks to come in; its head is written to."""

    email = forms.EmailField(
        label=_("E-mail of the head"),
        max_length=254,
        help_text=_("The link that lets the head in goes to this address."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    consent = forms.BooleanField(
        label=_("The head agrees that the Department keeps their name and address"),
        help_text=_("For registering the NGO and for writing to it, and for nothing else."),
    )


@dataclass(frozen=True)
class Part:
    """A part of the application's form: its fields, and what was found wanting in it."""

    name: str
    title: Any
    fields: list[forms.BoundField]
    defects: list[Any]


class DraftForm(AboutForm):
    """An application as it is being written: everything may still be missing."""

    experience = forms.CharField(
        label=_("What the NGO has done so far"),
        max_length=LONGEST,
        required=False,
        help_text=_("Since when, where, with whom, how many volunteers."),
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    safeguarding = forms.CharField(
        label=_("How children are protected"),
        max_length=LONGEST,
        required=False,
        help_text=_("Which rules hold, who checks that they are kept, what happens if not."),
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    preparation = forms.CharField(
        label=_("How volunteers are prepared"),
        max_length=LONGEST,
        required=False,
        help_text=_(
            "Who answers for the volunteers, how they are chosen and what they are taught."
        ),
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    wanted = forms.MultipleChoiceField(label=_("Types of interaction"), required=False)

    def __init__(
        self,
        data: Any,
        *,
        application: Application,
        rows: list[Fitting],
        names_too: bool,
        typed: dict[str, Any],
    ) -> None:
        super().__init__(data, initial=_initial(application) | typed)
        self.application, self.rows = application, rows
        if not names_too:
            for one in fields(About):
                del self.fields[one.name]
        pairs = cast(forms.MultipleChoiceField, self.fields["wanted"])
        pairs.choices = [(pair, kind) for row in rows for pair, kind in row.pairs]

    def clean_ogrn(self) -> str:
        """A sound number that nobody else bears."""
        number = super().clean_ogrn()
        others = Organisation.objects.exclude(pk=self.application.ngo_id)
        if others.filter(ogrn=number).exists():
            raise forms.ValidationError(_("Another organisation stands under this OGRN."))
        return number

    def draft(self) -> Draft:
        """What was typed, for the service."""
        given = self.cleaned_data
        pairs = [pair.split("-") for pair in given["wanted"]]
        wanted = [(int(type_id), int(kind_id)) for type_id, kind_id in pairs]
        return Draft(given["experience"], given["safeguarding"], given["preparation"], wanted)

    def names(self) -> About | None:
        """Names and numbers, where they may still be written."""
        return self.about() if "ogrn" in self.fields else None

    @property
    def chosen(self) -> set[str]:
        """The pairs ticked."""
        return set(self["wanted"].value() or ())

    @property
    def parts(self) -> Iterable[Part]:
        """The parts in order; that of the types is drawn as a table by the page."""
        named = [self[one.name] for one in fields(About) if one.name in self.fields]
        yield Part("about", _("About the NGO"), named, self._defects("about"))
        for name, title in BLOCKS.items():
            yield Part(name, title, [self[name]], self._defects(name))

    @property
    def wanted_defects(self) -> list[Any]:
        """What was found wanting in the choice of types."""
        return self._defects("wanted")

    @property
    def documents_defects(self) -> list[Any]:
        """What was found wanting in the documents."""
        return self._defects("documents")

    def _defects(self, part: str) -> list[Any]:
        found = [Defect(code) for code in self.application.defects]
        return [defect.label for defect in found if PART_OF[defect] == part]


def _initial(application: Application) -> dict[str, Any]:
    ngo = application.ngo
    organisation = ngo.organisation
    return {
        "name": organisation.name,
        "short_name": organisation.short_name,
        "ogrn": organisation.ogrn,
        "inn": organisation.inn,
        "form": ngo.form,
        "head_name": ngo.head_name,
        "experience": application.experience,
        "safeguarding": application.safeguarding,
        "preparation": application.preparation,
        "wanted": [pair for pair, _words in wanted_pairs(application)],
    }
