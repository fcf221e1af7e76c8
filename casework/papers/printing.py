"""From the row of a paper to its PDF, the same bytes every time.

Values reach the templates as data, never as markup. Time, fonts and language come from the row
and from our own folder, nothing from the machine.
"""

import json
import re
import unicodedata
from functools import cache
from typing import Any

import segno
from django.conf import settings

from casework.models import Paper

FOLDER = settings.BASE_DIR / "templates" / "papers"
# What our fonts and the typesetter's own can draw; a test prints all of it.
PRINTED = (
    *((0x20, 0x7E), (0xA0, 0x377), (0x384, 0x484), (0x487, 0x4FF), (0x1E00, 0x1EFF)),
    *((0x2010, 0x2027), (0x2030, 0x2040), (0x20A0, 0x20BF), (0x2116, 0x2116), (0x2122, 0x2122)),
    *((0x2190, 0x2193), (0x2212, 0x2212), (0x25A1, 0x25A1)),
)
INSTEAD, MAY_BREAK = "\N{WHITE SQUARE}", "\N{ZERO WIDTH SPACE}"
LONG_WORD = re.compile(r"\S{40,}")
BREAK_AFTER = re.compile(r"(\S{20})(?=\S)")


def pdf(paper: Paper) -> bytes:
    """The paper as PDF/A-2a and PDF/UA-1."""
    import typst  # noqa: PLC0415  (80 MB that nothing else needs)

    template = FOLDER / str(paper.edition) / f"{paper.kind}.{paper.language}.typ"
    compiler = typst.Compiler(root=FOLDER, font_paths=_fonts(), ignore_system_fonts=True)
    made = compiler.compile(
        input=template,
        format="pdf",
        sys_inputs={"data": json.dumps(_data(paper))},
        # Readable in fifty years, and by a screen reader today.
        pdf_standards=["a-2a", "ua-1"],
        timestamp=int(paper.issued_at.timestamp()),
    )
    assert isinstance(made, bytes)  # noqa: S101  (one file: only pictures come as a list)
    return made


def address(paper: Paper) -> str:
    """Where anybody checks this paper."""
    return f"{paper.site}/verify/{paper.code}"


def printable(value: Any) -> Any:
    """The same texts with a square for what no font can draw, and places where a line may end."""
    if isinstance(value, str):
        drawn = "".join(one if _is_printed(one) else INSTEAD for one in _one_kind_of_line(value))
        return LONG_WORD.sub(lambda word: BREAK_AFTER.sub(rf"\1{MAY_BREAK}", word.group()), drawn)
    if isinstance(value, dict):
        return {key: printable(one) for key, one in value.items()}
    return [printable(one) for one in value] if isinstance(value, list) else value


def _data(paper: Paper) -> dict[str, Any]:
    where = address(paper)
    return {
        "language": paper.language,
        "number": paper.number,
        "code": paper.spaced_code,
        "address": where,
        "qr": segno.make(where, error="m").svg_inline(scale=1, border=0),
        "sha256": paper.sha256,
        **printable({"values": paper.values}),
    }


def _is_printed(sign: str) -> bool:
    if sign == "\n":
        return True
    known = any(first <= ord(sign) <= last for first, last in PRINTED)
    return known and unicodedata.category(sign) != "Cn"


def _one_kind_of_line(text: str) -> str:
    return "\n".join(text.replace("\t", " ").splitlines())


@cache
def _fonts() -> Any:
    import typst  # noqa: PLC0415  (80 MB that nothing else needs)

    return typst.Fonts(include_system_fonts=False, font_paths=[FOLDER / "fonts"])
