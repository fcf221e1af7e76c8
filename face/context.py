"""What every page knows: its menu, who reads it, and whether the data is a demonstration."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import import_module

from django.apps import apps
from django.conf import settings
from django.db.models import Count, Subquery, Value
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise, SimpleLazyObject
from django.utils.module_loading import module_has_submodule

from accounts.access import PUBLIC
from accounts.hats import NOBODY, Acting
from accounts.models import User
from face.menu import MenuRow


@dataclass(frozen=True)
class Entry:
    """One row of the menu as the page shows it."""

    url: str
    label: str | Promise
    current: bool
    count: int


@dataclass(frozen=True)
class Navigation:
    """The main menu, what stands beside the reader's name, and who the reader is."""

    entries: list[Entry]
    corner: list[Entry]
    acting: Acting


def face(request: HttpRequest) -> dict[str, object]:
    """Context processor: `nav` (looked up by whole pages only) and `demo`."""
    acting: Acting = getattr(request, "acting", NOBODY)
    nav = SimpleLazyObject(lambda: navigation(acting, request.path))
    return {"nav": nav, "demo": settings.OPEN_DOORS_DEMO}


def navigation(acting: Acting, path: str) -> Navigation:
    """The menu as this reader sees it from `path`."""
    menu = menu_of(acting.role)
    corner = [row for row in rows("CORNER") if acting.user.is_authenticated]
    counts = _counted([*menu, *corner], acting)
    return Navigation(_shown(menu, counts, path), _shown(corner, counts, path), acting)


def menu_of(role: str) -> list[MenuRow]:
    """The rows for a role; the public ones where it has none."""
    everything = rows("ROWS")
    own = [row for row in everything if isinstance(row.who, tuple) and role in row.who]
    return own or [row for row in everything if row.who == PUBLIC]


@cache
def rows(name: str) -> tuple[MenuRow, ...]:
    """What all installed apps list under this name in their modules `menu`, by `place`."""
    found: list[MenuRow] = []
    for app in apps.get_app_configs():
        if module_has_submodule(app.module, "menu"):
            found += getattr(import_module(f"{app.name}.menu"), name, ())
    return tuple(sorted(found, key=lambda row: row.place))


def _counted(found: Iterable[MenuRow], acting: Acting) -> dict[MenuRow, int]:
    """What waits behind the rows that count something: one query, none where no row does."""
    asked = {row: row.count(acting) for row in found if row.count}
    if not asked:
        return {}
    numbers = [
        Subquery(one.order_by().annotate(all=Value(1)).values("all").values(n=Count("*")))
        for one in asked.values()
    ]
    counted = User.objects.filter(pk=acting.user.pk or 0).values_list(*numbers).first()
    return {row: number or 0 for row, number in zip(asked, counted or (), strict=False)}


def _shown(found: Iterable[MenuRow], counts: dict[MenuRow, int], path: str) -> list[Entry]:
    urls = [(row, reverse(row.url_name)) for row in found]
    # The longest address that holds the page: a page below two rows belongs to the nearer one.
    here = max((url for _, url in urls if _holds(url, path)), key=len, default="")
    return [Entry(url, row.label, url == here, counts.get(row, 0)) for row, url in urls]


def _holds(url: str, path: str) -> bool:
    return path == url if url == "/" else path.startswith(url)
