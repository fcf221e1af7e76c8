"""The files that are handed in for a case, one for each kind of document."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from casework.files.versions import Held
from casework.process import Refused


@dataclass(frozen=True)
class Row:
    """One kind of document: what is there, and where to choose a file."""

    held: Held
    field: forms.BoundField


class HandInForm(forms.Form):
    """One file for each kind of document; none has to be chosen. `held` says what is there."""

    def __init__(
        self,
        data: Any,
        sent: Any,
        *,
        kinds: type[TextChoices],
        hints: Mapping[Any, Any],
        held: Callable[[], list[Held]],
    ) -> None:
        super().__init__(data, sent)
        self.held = held
        for kind in kinds:
            self.fields[kind.value] = forms.FileField(
                label=kind.label,
                help_text=hints[kind],
                required=False,
                # What is wrong with a file, an empty one too, is said where it is looked through.
                allow_empty_file=True,
                widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
            )

    def clean(self) -> dict[str, Any]:
        """Something was chosen."""
        if not self.uploads():
            raise forms.ValidationError(_("No file was chosen."))
        return self.cleaned_data

    def uploads(self) -> "dict[str, UploadedFile[Any]]":
        """The files chosen, by the kind of document."""
        return {kind: one for kind, one in self.cleaned_data.items() if one}

    def refuse(self, refused: Refused) -> None:
        """Every objection, beside the file it is about."""
        for one in refused.objections:
            field = one.field if one.field in self.fields else None
            self.add_error(field, f"{one.text} {one.remedy}".strip())

    @property
    def rows(self) -> list[Row]:
        """The kinds in their order, as they stand now."""
        return [Row(one, self[one.kind]) for one in self.held()]
