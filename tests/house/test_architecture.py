"""The architecture, as tests."""

import json
import re
from pathlib import Path

import polib
import pytest
from django.core.management import call_command, get_commands
from django.urls import URLPattern, URLResolver, get_resolver

ROOT = Path(__file__).resolve().parent.parent.parent
OUR_APPS = (
    "accounts",
    "casework",
    "demo",
    "face",
    "institutions",
    "oversight",
    "registry",
    "visits",
    "volunteers",
)
PARAMETERS = ROOT / "casework" / "data" / "parameters.json"
CATALOGUES = sorted(
    path
    for folder in (".", *OUR_APPS)
    for path in (ROOT / folder).glob("locale/ru/LC_MESSAGES/*.po")
)
# Sign-in and the language switch are the libraries' own addresses.
LIBRARIES = ("accounts/", "i18n/")


def ours() -> list[URLPattern]:
    found: list[URLPattern] = []

    def walk(resolver: URLResolver) -> None:
        for pattern in resolver.url_patterns:
            if isinstance(pattern, URLPattern):
                found.append(pattern)
            elif str(pattern.pattern) not in LIBRARIES:
                walk(pattern)

    walk(get_resolver())
    return found


def test_every_address_names_who_may_open_it() -> None:
    assert [str(p.pattern) for p in ours() if not hasattr(p, "who")] == []
    assert len(ours()) > 5


@pytest.mark.django_db
def test_no_migration_is_outstanding() -> None:
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


def placeholders(text: str) -> set[str]:
    return set(re.findall(r"%\(\w+\)[sd]", text))


@pytest.mark.parametrize("catalogue", CATALOGUES, ids=lambda p: p.relative_to(ROOT).parts[0])
def test_the_russian_is_complete(catalogue: Path) -> None:
    for entry in polib.pofile(str(catalogue)):
        texts = (
            [entry.msgstr, *entry.msgstr_plural.values()] if entry.msgstr_plural else [entry.msgstr]
        )
        texts = [text for text in texts if text or not entry.msgstr_plural]
        assert texts, entry.msgid
        assert not entry.fuzzy, entry.msgid
        for text in texts:
            assert text, entry.msgid
            assert placeholders(text) == placeholders(entry.msgid), entry.msgid


def marked_texts() -> set[str]:
    python = r"""_\(\s*((?:"(?:[^"\\]|\\.)*"\s*)+)\)"""
    found: set[str] = set()
    for app in OUR_APPS:
        for path in (ROOT / app).rglob("*.py"):
            for match in re.findall(python, path.read_text(encoding="utf-8")):
                found.add("".join(re.findall(r'"((?:[^"\\]|\\.)*)"', match)).replace(r"\n", "\n"))
    for path in (ROOT / "templates").rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        found |= set(re.findall(r'{% translate "([^"]+)"', text))
        for block in re.findall(
            r"{% blocktranslate trimmed[^%]*%}(.*?){% endblocktranslate %}", text, re.DOTALL
        ):
            singular = block.split("{% plural %}")[0].strip()
            lines = " ".join(line.strip() for line in singular.splitlines())
            found.add(re.sub(r"{{ (\w+) }}", r"%(\1)s", lines))
    return found - {""}


def test_every_marked_text_has_its_russian() -> None:
    known = {entry.msgid for path in CATALOGUES for entry in polib.pofile(str(path))}
    assert sorted(marked_texts() - known) == []


def test_every_command_and_variable_stands_in_the_documentation() -> None:
    told = "".join(
        p.read_text(encoding="utf-8") for p in (ROOT / "README.md", *ROOT.glob("docs/**/*.md"))
    )
    commands = [name for name, app in get_commands().items() if app in OUR_APPS]
    source = "".join(
        p.read_text(encoding="utf-8")
        for folder in ("config", "bootstrap")
        for p in (ROOT / folder).rglob("*.py")
    )
    variables = set(re.findall(r'"(OPEN_DOORS_[A-Z_]+|DATABASE_URL|REDIS_URL)"', source))
    assert [name for name in (*commands, *sorted(variables)) if name not in told] == []


def test_every_number_of_the_rulebook_is_read_somewhere() -> None:
    codes = {row["code"] for row in json.loads(PARAMETERS.read_text(encoding="utf-8"))}
    sources = "".join(
        path.read_text(encoding="utf-8") for app in OUR_APPS for path in (ROOT / app).rglob("*.py")
    )
    read = {code for code in codes if f'"{code}"' in sources}
    by_door = {code for code in codes if code.startswith("visit.answer.")}
    assert codes - read - by_door == set()
