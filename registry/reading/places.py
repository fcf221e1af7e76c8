"""The city's division and the catalogue's codes, as the reader needs them: no database."""

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from registry.reading.cells import folded, text
from registry.reading.rows import Fault

DATA = Path(__file__).resolve().parent.parent / "data"
OKRUG_WORDS = re.compile(r"\b(административный округ|адм\.? округ|ао|округ|г\.? москвы)\b")
DISTRICT_WORDS = re.compile(
    r"\b(внутригородское|муниципальный округ|городской округ|поселение|район|р-н)\b"
)


def load(name: str) -> list[dict[str, Any]]:
    """The rows of one of the register's own data files."""
    rows: list[dict[str, Any]] = json.loads((DATA / f"{name}.json").read_text("utf-8"))
    return rows


def _bare(cell: object, words: re.Pattern[str]) -> str:
    return " ".join(words.sub(" ", folded(cell)).split()).strip(" .")


@cache
def _okrugs() -> dict[str, str]:
    return {
        folded(spelling): okrug["code"]
        for okrug in load("okrugs")
        for spelling in (okrug["name_ru"], okrug["abbr_ru"])
    }


@cache
def _districts() -> dict[tuple[str, str], str]:
    return {(d["okrug"], folded(d["name"])): d["name"] for d in load("districts")}


@cache
def _kinds() -> dict[str, str]:
    return {
        folded(spelling): kind["code"]
        for kind in load("kinds")
        for spelling in (kind["name_ru"], *kind["also_ru"])
    }


@cache
def _types() -> frozenset[str]:
    return frozenset(row["code"] for row in load("types"))


def okrug(cell: object) -> str:
    """The okrug's code: «Северный», «САО» and «Северный административный округ» are one."""
    code = _okrugs().get(folded(cell)) or _okrugs().get(_bare(cell, OKRUG_WORDS))
    if code is None:
        message = _("“%(text)s” is not an okrug of Moscow.") % {"text": text(cell)}
        raise Fault("unknown_okrug", message)
    return code


def district(cell: object, okrug_code: str) -> str:
    """The district's own name, provided it lies in this okrug."""
    found = _districts().get((okrug_code, folded(cell)))
    found = found or _districts().get((okrug_code, _bare(cell, DISTRICT_WORDS)))
    if found is None:
        message = _("District “%(text)s” does not lie in the okrug named.") % {"text": text(cell)}
        raise Fault("district_not_in_okrug", message)
    return found


def kind(cell: object) -> str:
    """The code of an institution's kind."""
    code = _kinds().get(folded(cell))
    if code is None:
        message = _("“%(text)s” is not a kind of institution in the register.")
        raise Fault("unknown_kind", message % {"text": text(cell)})
    return code


def types(codes: tuple[str, ...]) -> tuple[str, ...]:
    """The codes of interaction types: each in the catalogue, each once."""
    # People type the Cyrillic Т for the Latin T: they look the same.
    clean = tuple(dict.fromkeys(code.upper().replace("Т", "T") for code in codes))
    unknown = [code for code in clean if code not in _types()]
    if unknown or not clean:
        message = _("These are not interaction types of the catalogue: %(codes)s.")
        raise Fault("unknown_type", message % {"codes": ", ".join(unknown) or "—"})
    return clean
