"""Russian lines break only where a reader expects it."""

import pytest

from face.typography import NO_BREAK, set_russian

TABLE = [
    ("в учреждении", "в~учреждении"),
    ("не в доме", "не~в~доме"),
    ("№5", "№~5"),
    ("№ 5", "№~5"),
    ("20 дней", "20~дней"),
    ("8 июля", "8~июля"),
    ("дверь — знак", "дверь~— знак"),
    ("10-12 часов", "10–12~часов"),
    ("2026-07-08", "2026-07-08"),
    ("дело 2026-014", "дело 2026-014"),
    ("10:00-17:00", "10:00–17:00"),
    ("Что-то есть", "Что-то есть"),
    ("три слова здесь", "три слова здесь"),
    ('<a href="/a b/">к дому</a>', '<a href="/a b/">к~дому</a>'),
    ("<textarea>в доме</textarea>", "<textarea>в доме</textarea>"),
    ("Open a door", "Open a door"),
]


@pytest.mark.parametrize(("written", "expected"), TABLE)
def test_text_is_set_as_russian_asks(written: str, expected: str) -> None:
    assert set_russian(written).replace(NO_BREAK, "~") == expected


@pytest.mark.parametrize("written", [written for written, _ in TABLE])
def test_setting_twice_changes_nothing_more(written: str) -> None:
    once = set_russian(written)
    assert set_russian(once) == once
