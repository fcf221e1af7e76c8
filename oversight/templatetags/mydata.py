"""Fields and values of a copy of one's own data, as a person reads them."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django import template
from django.db.backends.postgresql.psycopg_any import Range
from django.utils.translation import gettext as _

from face.templatetags.face import day, moment
from oversight.keeping.wording import FIELDS

register = template.Library()


@register.filter
def fieldname(name: str) -> str:
    """What a field is called."""
    return str(FIELDS.get(name, name))


@register.filter
def cells(row: dict[str, Any]) -> list[Any]:
    """The values of a row: a field may itself be called `values`."""
    return [*row.values()]


@register.filter
def only_named(section: dict[str, Any]) -> int:
    """How many entries of a section have nothing to show but that they point at the person."""
    return sum(part["count"] for part in section["parts"] if not part["rows"])


@register.filter
def plainly(value: Any) -> str:
    """A value in words: days and moments in the reader's language, periods as from and to."""
    if value in (None, "", [], {}):
        return "—"
    for kind, said in SAID:
        if isinstance(value, kind):
            return said(value)
    return str(value)


def _period(value: Range) -> str:
    return f"{plainly(value.lower)} – {plainly(value.upper)}"


def _pairs(value: dict[str, Any]) -> str:
    return "; ".join(f"{name}: {plainly(one)}" for name, one in value.items())


# The first that fits: a truth is a number too, a moment is a day too.
SAID: tuple[tuple[type, Callable[[Any], str]], ...] = (
    (bool, lambda value: _("yes") if value else _("no")),
    (datetime, lambda value: str(moment(value))),
    (date, lambda value: str(day(value))),
    (Range, _period),
    (dict, _pairs),
    (list, lambda value: ", ".join(map(plainly, value))),
)
