"""The map of doors: counts per district in, what the template draws out. No database here."""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from face.templatetags.face import DOORS
from oversight.geometry import CENTRE, OUTER
from registry.reading.places import load

# From shut to wide open, as the face lists them.
OPENNESS = tuple(DOORS)
DRAWING = Path(__file__).resolve().parent / "data" / "moscow.json"


@dataclass(frozen=True)
class Mark:
    """What a district has: its institutions counted by the door they have in practice."""

    district_oktmo: str
    name: str
    url: str
    doors: Mapping[str, int]


@dataclass(frozen=True)
class Sign:
    """A door on the map or in a row: where it stands, what it says, what it opens."""

    name: str
    url: str
    doors: Mapping[str, int]
    x: int = 0
    y: int = 0
    abbreviation: str = ""
    chosen: bool = False

    @property
    def count(self) -> int:
        """How many institutions stand behind the sign."""
        return sum(self.doors.values())

    @property
    def door(self) -> str:
        """The most common door."""
        return most_common(self.doors)

    @property
    def words(self) -> str:
        """The number and the door in words."""
        door = str(DOORS[self.door]).lower()
        if self.count == 1:
            return _("one institution, its door is %(door)s") % {"door": door}
        return ngettext(
            "%(count)d institution, most often the door is %(door)s",
            "%(count)d institutions, most often the door is %(door)s",
            self.count,
        ) % {"count": self.count, "door": door}

    @property
    def label(self) -> str:
        """What the sign is called where it is not seen."""
        return f"{self.name}: {self.words}"

    @property
    def by_openness(self) -> list[tuple[str, int]]:
        """The word of each door and how many there are, from wide open to shut."""
        return [(str(DOORS[state]), self.doors.get(state, 0)) for state in reversed(OPENNESS)]


@dataclass(frozen=True)
class Map:
    """All that `components/map.html` shows."""

    drawing: Mapping[str, Any]
    districts: list[Sign]
    okrugs: list[Sign]
    outer: list[Sign]
    chosen: str

    @property
    def count(self) -> int:
        """How many institutions there are in all."""
        return sum(sign.count for sign in self.table)

    @property
    def table(self) -> list[Sign]:
        """The same facts in rows: every okrug that has an institution."""
        return [*self.okrugs, *self.outer]


def draw(marks: Iterable[Mark], okrug_url: Callable[[str], str], chosen: str = "") -> Map:
    """The map of these districts; `okrug_url` gets an okrug's code, `chosen` is an OKTMO.

    A district without institutions has no sign. Raises KeyError for a district that is not
    Moscow's.
    """
    places = _drawing()["districts"]
    counted = [mark for mark in marks if sum(mark.doors.values())]
    okrugs = _okrugs(counted, okrug_url)
    return Map(
        drawing=_drawing(),
        districts=[
            _district(mark, places[mark.district_oktmo], chosen)
            for mark in sorted(counted, key=lambda mark: _reading_order(mark.district_oktmo))
            if places[mark.district_oktmo]["okrug"] not in OUTER
        ],
        okrugs=[sign for okato, sign in okrugs.items() if okato not in OUTER],
        outer=[sign for okato, sign in okrugs.items() if okato in OUTER],
        chosen=places[chosen]["path"] if chosen else "",
    )


def most_common(doors: Mapping[str, int]) -> str:
    """The door that most have; among equals the more open one."""
    return max(OPENNESS, key=lambda state: (doors.get(state, 0), OPENNESS.index(state)))


@cache
def _drawing() -> dict[str, Any]:
    drawing: dict[str, Any] = json.loads(DRAWING.read_text("utf-8"))
    land = drawing["okrugs"].items()
    return drawing | {
        "land": [okrug for okato, okrug in land if okato not in OUTER | {CENTRE}],
        "outskirts": [okrug for okato, okrug in land if okato in OUTER and okrug["path"]],
        "centre": drawing["okrugs"][CENTRE],
    }


def _reading_order(oktmo: str) -> tuple[int, int]:
    """Row by row from the north-west: the order in which the keyboard visits the signs."""
    place = _drawing()["districts"][oktmo]
    return place["y"], place["x"]


def _district(mark: Mark, place: Mapping[str, Any], chosen: str) -> Sign:
    return Sign(
        name=mark.name,
        url=mark.url,
        doors=mark.doors,
        x=place["x"],
        y=place["y"],
        chosen=mark.district_oktmo == chosen,
    )


def _okrugs(marks: list[Mark], url: Callable[[str], str]) -> dict[str, Sign]:
    """One sign per okrug that has an institution, in the register's order."""
    drawing = _drawing()
    doors: dict[str, Counter[str]] = {}
    for mark in marks:
        okato = drawing["districts"][mark.district_oktmo]["okrug"]
        doors.setdefault(okato, Counter()).update(mark.doors)
    return {
        okrug["okato"]: _okrug(okrug, drawing["okrugs"][okrug["okato"]], url, doors)
        for okrug in load("okrugs")
        if okrug["okato"] in doors
    }


def _okrug(
    okrug: Mapping[str, str],
    place: Mapping[str, Any],
    url: Callable[[str], str],
    doors: Mapping[str, Counter[str]],
) -> Sign:
    name, abbreviation = _names(okrug)
    return Sign(
        name=name,
        abbreviation=abbreviation,
        url=url(okrug["code"]),
        doors=doors[okrug["okato"]],
        x=place["x"],
        y=place["y"],
    )


def _names(okrug: Mapping[str, str]) -> tuple[str, str]:
    """The okrug's name and its few letters: СВАО in Russian, NE in English."""
    if (get_language() or "").startswith("ru"):
        return okrug["name_ru"], okrug["abbr_ru"]
    return okrug["name_en"], "".join(word[0] for word in okrug["name_en"].split("-"))
