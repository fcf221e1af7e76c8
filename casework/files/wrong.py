"""Why a file is not taken in, in words that say what to do instead."""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from casework.process import Objection, Text


class Unfit(Exception):
    """What was found wrong with a file; `beside` turns it into an objection of a form's field."""

    def __init__(self, objection: Objection) -> None:
        super().__init__(objection.code)
        self.objection = objection

    def beside(self, field: str) -> Objection:
        """The objection, beside the field the file was chosen in."""
        return replace(self.objection, field=field)


def _wrong(code: str, text: Text, remedy: Text = "") -> Objection:
    return Objection(code, text, remedy)


AGAIN_AS_PDF = _("Open it, choose “Print”, then “Save as PDF”, and hand in the new file.")
EMPTY = _wrong("empty", _("The file is empty."), _("Choose it once more."))
STRANGE = _wrong(
    "strange",
    _("This is not a PDF, a JPEG or a PNG, whatever its name says."),
    _("Save a document as PDF; a scan or a photograph as JPEG or PNG."),
)
BROKEN = _wrong(
    "broken",
    _("The file is damaged or not whole."),
    _("Open it on your computer: if it opens, save it anew and hand in the new file."),
)
LOCKED = _wrong(
    "locked",
    _("The PDF is protected by a password or encrypted."),
    _("Save it without protection and hand in the new file."),
)
ACTIVE = _wrong(
    "active",
    _("The PDF holds more than pages: a programme, another file, or something that starts itself."),
    AGAIN_AS_PDF,
)
TOO_DEEP = _wrong(
    "too_deep",
    _("The PDF unpacks to so much that it cannot be looked through."),
    _("Scan it in black and white or with a lower resolution."),
)


def too_large(megabytes: int) -> Objection:
    """Beyond the size cap."""
    text = _("The file is larger than %(limit)s MB.") % {"limit": megabytes}
    return _wrong(
        "large",
        text,
        _("Scan it in black and white or with a lower resolution, 200 dpi is enough."),
    )


def too_wide(megapixels: int) -> Objection:
    """More pixels than a document needs."""
    text = _("The picture has more than %(limit)s million pixels.") % {"limit": megapixels}
    return _wrong("wide", text, _("Make it smaller and hand in the new file."))


def too_many(a_day: int) -> Objection:
    """The organisation handed in enough for one day."""
    text = _("Your organisation handed in %(limit)s files within a day; no more are taken now.")
    return _wrong("many", text % {"limit": a_day}, _("Come back tomorrow."))
