"""The pure reader of old register files: a file's bytes in, clean rows and rejections out.

It touches no database and no clock; nothing is written anywhere.
"""

from collections.abc import Callable
from datetime import date
from typing import TypeAlias

from django.utils.translation import gettext as _

from registry.numbers import clean_number, is_ogrn
from registry.reading import cells, layouts, parsers
from registry.reading.rows import (
    Fault,
    InstitutionRow,
    NgoRow,
    NotARegister,
    Reading,
    Rejected,
    VolunteerRow,
    Where,
)
from registry.reading.tables import Cells, Layout, read_tables

__all__ = ["NotARegister", "Reading", "Rejected", "Where", "read_register"]

Row: TypeAlias = InstitutionRow | NgoRow | VolunteerRow


def read_register(
    name: str, content: bytes, *, on: date, tables: tuple[Layout, ...] = layouts.LAYOUTS
) -> Reading:
    """Read a workbook or CSV by its file name and content; ages are as of the day `on`.

    Only tables of the layouts named are looked for. Raises NotARegister when the file as a
    whole is not what was expected.
    """
    taken: dict[str, list[Row]] = {layout.name: [] for layout in layouts.LAYOUTS}
    rejected: list[Rejected] = []
    seen: set[str] = set()
    for table in read_tables(name, content, tables):
        for where, line in table.rows:
            try:
                _refuse_second(seen, table.layout.name, line)
                taken[table.layout.name].append(_parse(table.layout.name, on)(where, line))
            except Fault as fault:
                label = cells.text(line.get("name") or line.get("last_name"))
                rejected.append(Rejected(**vars(where), **vars(fault), label=label))
    return Reading(
        institutions=tuple(r for r in taken["institutions"] if isinstance(r, InstitutionRow)),
        ngos=tuple(r for r in taken["ngos"] if isinstance(r, NgoRow)),
        volunteers=tuple(r for r in taken["volunteers"] if isinstance(r, VolunteerRow)),
        rejected=tuple(rejected),
    )


def _parse(layout: str, on: date) -> Callable[[Where, Cells], Row]:
    if layout == "institutions":
        return parsers.institution
    if layout == "ngos":
        return parsers.ngo
    return lambda where, line: parsers.volunteer(where, line, on)


def _refuse_second(seen: set[str], layout: str, line: Cells) -> None:
    """A first occurrence counts even when its row is rejected: which one is right is unknown."""
    if layout == "volunteers":
        key, code = cells.text(line["email"]).casefold(), "dup_mail"
        reason = _("This e-mail address already stands in an earlier row.")
    else:
        key, code = clean_number(line["ogrn"]), "dup_ogrn"
        reason = _("This OGRN already stands in an earlier row.")
        key = key if is_ogrn(key) else ""
    if key and key in seen:
        raise Fault(code, reason)
    seen.add(key)
