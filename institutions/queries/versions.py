"""The versions of an agreement under negotiation, and what differs between them."""

import difflib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.hats import Acting
from casework.process import Text
from face.templatetags.face import day
from institutions.models import Agreement, AgreementVersion
from institutions.queries import types

FIELDS: dict[str, Text] = {
    "types": _("Types of interaction"),
    "from_on": _("First day"),
    "through_on": _("Last day"),
    "visits_a_week": _("Visits a week, at most"),
    "people_a_visit": _("People in a visit, at most"),
    "note": _("What else was agreed"),
}


@dataclass(frozen=True)
class Piece:
    """A run of words: kept, taken out or put in."""

    text: str
    how: str = ""


@dataclass(frozen=True)
class Row:
    """One field of a version, in pieces."""

    label: Text
    pieces: list[Piece]

    @property
    def changed(self) -> bool:
        """Whether anything differs from the version before."""
        return any(one.how for one in self.pieces)


@dataclass(frozen=True)
class Shown:
    """One version and what it changed in the one before."""

    version: AgreementVersion
    rows: list[Row]


def beside(deal: Agreement, acting: Acting) -> dict[str, Any]:
    """The proposal it follows from, and what can be done beside its steps: no query."""
    return {
        "proposal": deal.proposal,
        "ref": deal.case.ref,
        "may_renew": deal.case.state == "active" and acting.role in {"head", "director"},
    }


def compared(deal: Agreement) -> list[Shown]:
    """Every version against the one before, the newest first: two queries."""
    found = list(deal.versions.select_related("side", "author"))
    names = types.names(deal.during.lower)
    before: list[Any] = [None, *found[:-1]]
    pairs = zip(before, found, strict=True)
    return [Shown(new, list(_rows(old, new, names))) for old, new in pairs][::-1]


def _rows(
    old: AgreementVersion | None, new: AgreementVersion, names: dict[str, str]
) -> Iterator[Row]:
    for name, label in FIELDS.items():
        after = _words(name, new.body[name], names)
        before = _words(name, old.body[name], names) if old else after
        if before or after:
            yield Row(label, pieces(before, after))


def pieces(before: list[str], after: list[str]) -> list[Piece]:
    """What was kept, taken out and put in, run by run."""
    found: list[Piece] = []
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            found.append(Piece(" ".join(after[j1:j2])))
            continue
        if i2 > i1:
            found.append(Piece(" ".join(before[i1:i2]), "del"))
        if j2 > j1:
            found.append(Piece(" ".join(after[j1:j2]), "ins"))
    return found


def _words(name: str, value: Any, names: dict[str, str]) -> list[str]:
    """A value as the runs that are compared: types one by one, texts word by word."""
    if name == "types":
        return [f"{names.get(code, code)};" for code in value]
    if name.endswith("_on"):
        return [day(date.fromisoformat(value))]
    return str(value).split()
