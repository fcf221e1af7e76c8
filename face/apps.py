"""The face as an application without tables."""

import gettext
from pathlib import Path

from django.apps import AppConfig
from django.utils.translation import trans_real

from face.catalogues import compile_catalogues


class FaceConfig(AppConfig):
    """Holds the template tags, the context of every page and the help page."""

    name = "face"

    def ready(self) -> None:
        """Bring the Russian catalogues up to date before the first page asks for them."""
        root = Path(__file__).resolve().parent.parent
        compile_catalogues((root / "locale", *root.glob("*/locale")))
        # Loading models may have read a language before its catalogue was there, or an older one:
        # the standard library remembers what it has parsed by the file's name.
        vars(gettext)["_translations"].clear()
        vars(trans_real).update(_translations={}, _default=None)
