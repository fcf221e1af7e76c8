"""What every page knows: the main menu and whether the data is a demonstration."""

from typing import TypedDict

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Entry(TypedDict):
    """One entry of the main menu, as the page shows it."""

    url: str
    label: str | Promise
    current: bool


MENU: tuple[tuple[str, Promise], ...] = (
    ("home", _("Home")),
    ("okrugs", _("Okrugs and districts")),
    ("types", _("Types of interaction")),
    ("calendar", _("How terms are counted")),
    ("help", _("Help")),
)


def face(request: HttpRequest) -> dict[str, object]:
    """Context processor: `nav` (the main menu) and `demo` (is the data a demonstration?)."""
    return {"nav": menu(request.path), "demo": settings.OPEN_DOORS_DEMO}


def menu(path: str) -> list[Entry]:
    """The main menu as seen from `path`; a page below an entry belongs to that entry."""
    return [
        {"url": url, "label": label, "current": _holds(url, path)}
        for url, label in ((reverse(name), label) for name, label in MENU)
    ]


def _holds(url: str, path: str) -> bool:
    return path == url if url == "/" else path.startswith(url)
