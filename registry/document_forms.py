"""The files an NGO hands in with its application."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from casework.process import Refused
from registry.models import Application, DocumentKind
from registry.queries.documents import Held, documents_of

HINTS = {
    DocumentKind.CHARTER: _("The charter in force: every page, with the mark of registration."),
    DocumentKind.HEAD: _(
        "The decision or order by which the head was appointed; it spares you a question."
    ),
    DocumentKind.SAFEGUARDING: _(
        "Rules of your own, no general sample: what is forbidden, whom a volunteer tells of a "
        "concern, who sees to it that the rules are kept."
    ),
    DocumentKind.TRAINING: _(
        "What volunteers are taught, for how many hours, and how it is checked."
    ),
}


@dataclass(frozen=True)
class Row:
    """One kind of document: what is there, and where to choose a file."""

    held: Held
    field: forms.BoundField


class DocumentsForm(forms.Form):
    """One file for each kind; none has to be chosen."""

    def __init__(self, data: Any, sent: Any, *, application: Application) -> None:
        super().__init__(data, sent)
        self.application = application
        for kind in DocumentKind:
            self.fields[kind.value] = forms.FileField(
                label=kind.label,
                help_text=HINTS[kind],
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
    def rows(self) -> Iterable[Row]:
        """The kinds in their order, as they stand now."""
        for held in documents_of(self.application):
            yield Row(held, self[held.kind])
