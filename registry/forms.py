"""What people type into the register's pages."""

from typing import Any, cast

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from accounts.roles import OrganisationKind
from registry.queries.choices import Choices
from registry.queries.search import Question

LARGEST_FILE = 20_000_000  # bytes; 10,000 rows of a register take two million


class SearchForm(forms.Form):
    """The register's search; nothing in it is required."""

    q = forms.CharField(
        label=_("Name, INN, OGRN or number in the register"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    what = forms.ChoiceField(
        label=_("Whom to show"),
        required=False,
        choices=(
            ("", _("Institutions and NGOs")),
            (OrganisationKind.INSTITUTION.value, _("Institutions only")),
            (OrganisationKind.NGO.value, _("NGOs only")),
        ),
    )
    kind = forms.ChoiceField(label=_("Kind of institution"), required=False)
    okrug = forms.ChoiceField(label=_("Okrug"), required=False)
    district = forms.ChoiceField(label=_("District"), required=False)
    type = forms.ChoiceField(label=_("Type of interaction"), required=False)

    def __init__(self, data: Any, *, choices: Choices) -> None:
        super().__init__(data)
        for name, offered in (
            ("kind", choices.kinds.items()),
            ("okrug", choices.okrugs.items()),
            ("district", choices.by_okrug()),
            ("type", choices.types.items()),
        ):
            field = cast(forms.ChoiceField, self.fields[name])
            field.choices = [("", _("Any")), *offered]

    def question(self) -> Question | None:
        """What is asked; None when it cannot be understood."""
        if not self.is_valid():
            return None
        asked = self.cleaned_data
        return Question(text=asked["q"], **{n: asked[n] for n in self.fields if n != "q"})


class UploadForm(forms.Form):
    """A file of an old register."""

    file = forms.FileField(
        label=_("Workbook .xlsx or table .csv"),
        help_text=_("Nothing is written yet: first you see what the file would change."),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv"}),
        max_length=255,
    )

    def clean_file(self) -> "UploadedFile[Any]":
        """Not too large to be read while the page waits."""
        file: UploadedFile[Any] = self.cleaned_data["file"]
        if (file.size or 0) > LARGEST_FILE:
            raise forms.ValidationError(_("The file is larger than 20 MB. Split it into parts."))
        return file
