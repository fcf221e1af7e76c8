"""How an app puts rows into the menu of every page: its module `menu` lists them.

`ROWS` stand in the main menu, `CORNER` beside the reader's name. A reader sees the rows of the
role they act in; whoever acts in none, and a role without rows of its own, sees the public ones.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.access import PUBLIC
from accounts.hats import Acting


@dataclass(frozen=True)
class MenuRow:
    """One row: an address, its word, and who sees it (as `who` of a route).

    `count` says what waits behind it; all rows of a page are counted in one query. Rows stand
    app by app, from the top floor down; a smaller `place` comes before that.
    """

    url_name: str
    label: str | Promise
    who: str | tuple[str, ...]
    count: Callable[[Acting], QuerySet[Any, Any]] | None = None
    place: int = 50


ROWS = (MenuRow("help", _("Help"), PUBLIC),)
