"""The Russian of the pages is complete and keeps every placeholder."""

import re
from pathlib import Path

import polib
import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
CATALOGUE = polib.pofile((ROOT / "locale/ru/LC_MESSAGES/django.po").read_text("utf-8"))
MARKED = re.compile(r"""{%\s*translate\s+(?:"([^"]+)"|'([^']+)')""")
ELSEWHERE = ("casework", "accounts")  # these speak from the catalogue of their app


def _placeholders(text: str) -> list[str]:
    return sorted(re.findall(r"%\((\w+)\)s", text))


@pytest.mark.parametrize("entry", CATALOGUE, ids=lambda entry: entry.msgid[:40])
def test_every_sentence_has_its_russian(entry: polib.POEntry) -> None:
    said = list(entry.msgstr_plural.values()) or [entry.msgstr]
    assert all(said)
    assert not entry.fuzzy
    for text in said:
        assert _placeholders(text) == _placeholders(entry.msgid)


def test_every_sentence_of_the_pages_is_in_the_catalogue() -> None:
    known = {entry.msgid for entry in CATALOGUE}
    pages = ROOT / "templates"
    marked = {
        double or single
        for path in pages.rglob("*.html")
        if path.relative_to(pages).parts[0] not in ELSEWHERE
        for double, single in MARKED.findall(path.read_text("utf-8"))
    }
    assert sorted(marked - known) == []
