"""What somebody types or hands in to check a paper."""

import hashlib

from django import forms
from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.papers.codes import read_code

FIELD = "file"
MOST = 5_000_000  # bytes; a paper has a hundredth of it


class Code(forms.Form):
    """The code of a paper, as it stands under its address."""

    code = forms.CharField(
        label=gettext_lazy("Code of the paper"),
        help_text=gettext_lazy(
            "Sixteen letters and digits; they stand beside the square to point a camera at."
        ),
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def clean_code(self) -> str:
        """The code without spaces, in capitals; what cannot be a code is answered at once."""
        code = read_code(self.cleaned_data["code"])
        if not code:
            raise forms.ValidationError(
                _("This is not a code of ours: it has sixteen Latin letters and digits.")
            )
        return code


class Hashing(FileUploadHandler):
    """Keeps the hash of the file that comes in, and nothing of the file."""

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request)
        self.sha256 = ""
        self.too_large = False
        self._hash, self._size = hashlib.sha256(), 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Count and forget."""
        self._size += len(raw_data)
        if self._size > MOST:
            self.too_large = True
            raise StopUpload
        self._hash.update(raw_data)

    def file_complete(self, file_size: int) -> None:
        """No file comes of it."""
        if self.field_name == FIELD and file_size:
            self.sha256 = self._hash.hexdigest()


def handed_in(request: HttpRequest) -> Hashing:
    """The hash of the file in this request; nobody must have read the request before."""
    hashing = Hashing(request)
    request.upload_handlers = [hashing]
    # Reading is what makes the handler work.
    len(request.FILES)
    return hashing
