"""Tables as people's spreadsheet programs open them: CSV with `;`, UTF-8 with its mark."""

import csv
import io
from collections.abc import Iterable, Sequence

from django.http import HttpResponse

# A cell that begins so is taken for a formula and run; an apostrophe makes it text.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def neutral(cell: str) -> str:
    """The cell as text, never a formula."""
    return f"'{cell}" if cell.lstrip(" ").startswith(FORMULA) else cell


def csv_answer(name: str, lines: Iterable[Sequence[str]]) -> HttpResponse:
    """A file to download under this name."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerows([neutral(cell) for cell in line] for line in lines)
    answer = HttpResponse("\ufeff" + out.getvalue(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
