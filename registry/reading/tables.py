"""From a file to tables: finds the headings, names the columns, numbers the rows."""

import csv
import io
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePath
from typing import TypeAlias

from django.utils.translation import gettext as _

from registry.reading.cells import count, folded
from registry.reading.rows import NotARegister, Where

HEADINGS_WITHIN = 15
LARGEST_UNPACKED = 300_000_000  # bytes; 100,000 rows of a register take a third of it

Cells: TypeAlias = Mapping[str, object]
Line: TypeAlias = tuple[object, ...]


@dataclass(frozen=True)
class Layout:
    """A kind of table: what marks it, and its columns by the headings people give them."""

    name: str
    columns: Mapping[str, tuple[str, ...]]
    required: frozenset[str]
    marks: frozenset[str]

    def match(self, line: Line) -> dict[str, int] | None:
        """Which column stands where, if this line holds the headings of this layout."""
        at = {folded(cell): n for n, cell in reversed(list(enumerate(line))) if folded(cell)}
        spelled = {
            column: next((at[folded(h)] for h in headings if folded(h) in at), None)
            for column, headings in self.columns.items()
        }
        found = {column: n for column, n in spelled.items() if n is not None}
        return found if self.marks <= found.keys() else None

    def missing(self, found: Mapping[str, int]) -> list[str]:
        """The headings that a table of this layout must have and this one has not."""
        return [self.columns[c][0] for c in self.columns if c in self.required - found.keys()]


@dataclass(frozen=True)
class Table:
    """One table found: its rows as (where, cells by column)."""

    layout: Layout
    rows: tuple[tuple[Where, Cells], ...]


def read_tables(name: str, content: bytes, layouts: tuple[Layout, ...]) -> list[Table]:
    """Every known table of the file; NotARegister when there is none."""
    if content.startswith(b"PK"):
        found = [_table(sheet, lines, layouts, numbered=True) for sheet, lines in _sheets(content)]
    elif PurePath(name).suffix.casefold() in (".csv", ".txt") and b"\0" not in content:
        lines = _csv_lines(content)
        found = [_table(PurePath(name).name, lines, layouts, numbered=False)]
    else:
        raise NotARegister(_("Expected an .xlsx workbook or a .csv file."))
    tables = [table for table in found if table]
    if not tables:
        message = _("Expected a table with these headings in its first rows: %(headings)s.")
        raise NotARegister(message % {"headings": _headings(layouts)})
    return tables


def _headings(layouts: tuple[Layout, ...]) -> str:
    """What marks each kind of table that would have been taken."""
    marks = (
        ", ".join(
            f"«{names[0]}»" for column, names in layout.columns.items() if column in layout.marks
        )
        for layout in layouts
    )
    return " / ".join(marks)


def _sheets(content: bytes) -> Iterator[tuple[str, list[Line]]]:
    # The library takes a sixth of a process's start, and hardly any process reads a workbook.
    from openpyxl import load_workbook  # noqa: PLC0415

    try:
        _refuse_bomb(content)
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        for sheet in book.worksheets:
            sheet.reset_dimensions()  # some programs write a wrong size into the file
            yield sheet.title.strip(), list(sheet.iter_rows(values_only=True))
    except Exception as error:  # a damaged workbook breaks the library in very many ways
        raise NotARegister(_("The workbook is damaged. Save it again as .xlsx.")) from error


def _refuse_bomb(content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if sum(part.file_size for part in archive.infolist()) > LARGEST_UNPACKED:
            raise NotARegister


def _csv_lines(content: bytes) -> list[Line]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1251", errors="replace")
    first = "".join(text.splitlines()[:HEADINGS_WITHIN])
    delimiter = max(";,\t", key=first.count) if first else ";"
    try:
        return [
            tuple(line) for line in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        ]
    except csv.Error as error:
        raise NotARegister(_("The file cannot be read as CSV.")) from error


def _table(
    sheet: str, lines: list[Line], layouts: tuple[Layout, ...], *, numbered: bool
) -> Table | None:
    for top, line in enumerate(lines[:HEADINGS_WITHIN]):
        for layout in layouts:
            at = layout.match(line)
            if at is not None:
                _refuse_if_short(sheet, layout, at)
                return Table(layout, tuple(_rows(sheet, lines, top + 1, at, numbered)))
    return None


def _refuse_if_short(sheet: str, layout: Layout, at: Mapping[str, int]) -> None:
    if missing := layout.missing(at):
        message = _("“%(sheet)s”: these columns are missing: %(columns)s.")
        raise NotARegister(message % {"sheet": sheet, "columns": ", ".join(missing)})


def _rows(
    sheet: str, lines: list[Line], first: int, at: Mapping[str, int], numbered: bool
) -> Iterator[tuple[Where, Cells]]:
    """A CSV's data rows are counted; a workbook's carry their own number, or none."""
    counted = 0
    for position, line in enumerate(lines[first:], start=first + 1):
        cells = {column: line[n] if n < len(line) else None for column, n in at.items()}
        if any(folded(cell) for column, cell in cells.items() if column != "n"):
            counted += 1
            yield Where(sheet, count(cells.get("n")) if numbered else counted, position), cells
