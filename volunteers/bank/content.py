"""What a question says, as plain values in the form of the bank's file."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from casework.process import Text
from registry.catalogue.content import LANGUAGES, Line, line
from volunteers.models import QuestionVersion, Topic

Content = dict[str, Any]
OF_QUESTION = ("topic", "mandatory")
OF_VERSION = (
    *("tiers", "types", "difficulty", "text_ru", "text_en", "options", "multiple"),
    *("explanation_ru", "explanation_en", "source"),
)
LEVELS: dict[int, Text] = {1: _("easy"), 2: _("medium"), 3: _("hard")}
RIGHT, WRONG = _("right"), _("wrong")


def of_version(version: QuestionVersion) -> Content:
    """Everything that a version and its question say."""
    own = {name: getattr(version, name) for name in OF_VERSION}
    return own | {name: getattr(version.question, name) for name in OF_QUESTION}


@dataclass(frozen=True)
class Spoken:
    """A question in one language, as whoever keeps the bank reads it."""

    label: Text
    code: str
    text: str
    options: list[tuple[str, bool]]
    explanation: str


def facts(content: Content) -> list[tuple[Text, str]]:
    """What a question says of itself in no language."""
    rows = [(label, _said(content, name)) for name, label in _plain().items()]
    return [row for row in rows if row[1]]


def spoken(content: Content) -> list[Spoken]:
    """The question in the reader's language, then in the other."""
    return [
        Spoken(
            LANGUAGES[code],
            code,
            content[f"text_{code}"],
            [(one[f"text_{code}"], one["correct"]) for one in content["options"]],
            content[f"explanation_{code}"],
        )
        for code in _languages()
    ]


def compared(before: Content, after: Content) -> Iterator[Line]:
    """Both versions line by line: all of it in the reader's language, then in the other."""
    for name, label in _plain().items():
        yield line(label, _said(before, name), _said(after, name))
    own, other = _languages()
    yield from _words(before, after, own, named=False)
    yield from _words(before, after, other, named=True)


def _languages() -> tuple[str, str]:
    return ("ru", "en") if (get_language() or "").startswith("ru") else ("en", "ru")


def _plain() -> dict[str, Text]:
    return {
        "topic": _("Topic"),
        "mandatory": _("Must be answered right"),
        "tiers": _("Clearance tiers"),
        "types": _("Types of interaction"),
        "difficulty": _("Difficulty"),
        "source": _("Source"),
    }


def _said(content: Content, name: str) -> str:
    value = content[name]
    if name == "topic":
        return str(Topic(value).label)
    if name == "mandatory":
        return str(_("yes") if value else _("no"))
    if name == "difficulty":
        return str(LEVELS[value])
    return ", ".join(value) if name in ("tiers", "types") else str(value)


def _words(before: Content, after: Content, language: str, *, named: bool) -> Iterator[Line]:
    def said(label: Text) -> Text:
        return f"{label}, {LANGUAGES[language]}" if named else label

    text, why = f"text_{language}", f"explanation_{language}"
    yield line(said(_("Question")), before[text], after[text])
    was, will = before["options"], after["options"]
    for n in range(max(len(was), len(will))):
        label = _("Option %(number)d") % {"number": n + 1}
        old, new = (_option(options, n, text) for options in (was, will))
        yield line(said(label), old, new)
    yield line(said(_("Explanation")), before[why], after[why])


def _option(options: list[dict[str, Any]], n: int, text: str) -> str:
    if n >= len(options):
        return ""
    return f"{options[n][text]} ({RIGHT if options[n]['correct'] else WRONG})"
