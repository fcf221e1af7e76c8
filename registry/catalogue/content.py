"""What a version says, as plain values, and which words of two versions differ."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from casework.process import Text
from registry.models import Kind, ProcedureVersion, Risk, Tier, TypeVersion

Content = dict[str, Any]
TEXTS: dict[str, Text] = {
    "name": _("Name"),
    "supervision": _("Supervision"),
    "limits": _("Limits"),
    "conditions": _("Conditions"),
}
LANGUAGES: dict[str, Text] = {"ru": _("in Russian"), "en": _("in English")}
PARTS = ("actor", "action", "evidence")
WORDS = re.compile(r"\s+|\w+|[^\w\s]")


@dataclass(frozen=True)
class Piece:
    """Some words; `changed` when only one of the two versions has them."""

    text: str
    changed: bool


@dataclass(frozen=True)
class Line:
    """One thing that both versions speak of."""

    label: Text
    before: list[Piece]
    after: list[Piece]

    @property
    def changed(self) -> bool:
        """Whether anything differs."""
        return any(one.changed for one in (*self.before, *self.after))


def of_type(version: TypeVersion) -> Content:
    """The fields of a version."""
    texts = {f"{name}_{one}" for name in TEXTS for one in LANGUAGES}
    kinds = sorted(kind.code for kind in version.kinds.all())
    plain = {name: getattr(version, name) for name in (*texts, "risk", "tier")}
    return plain | {"kinds": kinds}


def of_procedure(version: ProcedureVersion) -> Content:
    """The steps of a version, in order."""
    names = [f"{part}_{one}" for part in PARTS for one in LANGUAGES]
    return {"steps": [{n: getattr(step, n) for n in names} for step in version.steps.all()]}


def compared(before: Content, after: Content) -> list[Line]:
    """Both versions line by line: the reader's language, and of the other one what differs."""
    lines = _steps(before, after) if "steps" in before or "steps" in after else None
    return list(lines if lines is not None else _fields(before, after))


def _fields(before: Content, after: Content) -> Iterator[Line]:
    own = _language()
    yield line(TEXTS["name"], before.get(f"name_{own}", ""), after.get(f"name_{own}", ""))
    kinds = {kind.code: kind.name for kind in Kind.objects.order_by("pk")}
    plain: tuple[tuple[Text, Any], ...] = (
        (_("Risk"), lambda one: str(Risk(one["risk"]).label)),
        (_("Clearance tier"), lambda one: f"{one['tier']} {Tier(one['tier']).label}"),
        (_("Where it is allowed"), lambda one: _kinds(one["kinds"], kinds)),
    )
    for label, said in plain:
        yield line(label, said(before) if before else "", said(after) if after else "")
    for name, label in list(TEXTS.items())[1:]:
        key = f"{name}_{own}"
        yield line(label, before.get(key, ""), after.get(key, ""))
    yield from _other_language(before, after)


def _other_language(before: Content, after: Content) -> Iterator[Line]:
    other = "en" if _language() == "ru" else "ru"
    for name, label in TEXTS.items():
        key = f"{name}_{other}"
        if before.get(key, "") != after.get(key, ""):
            words = f"{label}, {LANGUAGES[other]}"
            yield line(words, before.get(key, ""), after.get(key, ""))


def _steps(before: Content, after: Content) -> Iterator[Line]:
    was, will = before.get("steps", []), after.get("steps", [])
    for n in range(max(len(was), len(will))):
        old, new = ((steps[n] if n < len(steps) else {}) for steps in (was, will))
        for one in (_language(), "en" if _language() == "ru" else "ru"):
            if one == _language() or _said(old, one) != _said(new, one):
                label = _("Step %(number)d") % {"number": n + 1}
                words = label if one == _language() else f"{label}, {LANGUAGES[one]}"
                yield line(words, _said(old, one), _said(new, one))


def _said(step: dict[str, str], language: str) -> str:
    return " ".join(step.get(f"{part}_{language}", "") for part in PARTS).strip()


def _kinds(codes: list[str], names: dict[str, str]) -> str:
    if set(codes) == set(names):
        return str(_("In institutions of every kind"))
    return "; ".join(name for code, name in names.items() if code in codes)


def line(label: Text, before: str, after: str) -> Line:
    """What both versions say of one thing, word by word."""
    was, will = WORDS.findall(before), WORDS.findall(after)
    old: list[Piece] = []
    new: list[Piece] = []
    matcher = SequenceMatcher(a=was, b=will, autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        same = kind == "equal"
        if a < b:
            old.append(Piece("".join(was[a:b]), not same))
        if c < d:
            new.append(Piece("".join(will[c:d]), not same))
    return Line(label, old, new)


def _language() -> str:
    return "ru" if (get_language() or "").startswith("ru") else "en"
