"""What holds for every template, read as a file."""

import re
from pathlib import Path

import pytest

from face.templatetags.face import DOORS

ROOT = Path(__file__).resolve().parent.parent.parent
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
FRAMES = {"base.html", "allauth/layouts/base.html"}


INCLUDE = re.compile(r'{%\s*include "([^"]+)"(.*?)%}')


def _name(path: Path) -> str:
    return path.relative_to(ROOT / "templates").as_posix()


PARTIAL_FOLDERS = {"components", "parts", "elements"}
# A letter carries its few rules itself; texts and letters are not pages.
NO_PAGES = {"notices", "texts"}
PAGES = [
    path
    for path in TEMPLATES
    if not {*path.parts} & (PARTIAL_FOLDERS | NO_PAGES) and _name(path) not in FRAMES
]
PARTIALS = [path for path in TEMPLATES if {*path.parts} & {"components", "parts"}]
SENDING = {_name(path) for path in PARTIALS if "csrf" in path.read_text("utf-8")}
TOKEN = "csrf_token=csrf_token"
SIGNS = set(re.findall(r'id="([^"]+)"', (ROOT / "static/img/sprite.svg").read_text("utf-8")))


@pytest.mark.parametrize("path", TEMPLATES, ids=_name)
def test_every_include_says_only(path: Path) -> None:
    includes = re.findall(r"{%\s*include\s(.*?)%}", path.read_text("utf-8"))
    assert [tag for tag in includes if tag.split()[-1] != "only"] == []


@pytest.mark.parametrize("path", [p for p in TEMPLATES if "notices" not in p.parts], ids=_name)
def test_no_template_carries_a_style_or_a_script(path: Path) -> None:
    text = re.sub(r"{%.*?%}", "", path.read_text("utf-8"))
    assert re.findall(r"<style|\sstyle=|<script(?![^>]*\ssrc=)|\son[a-z]+=", text) == []


@pytest.mark.parametrize("path", PAGES, ids=_name)
def test_every_page_has_a_first_heading(path: Path) -> None:
    """That a page as read has exactly one is seen in the browser."""
    text = path.read_text("utf-8")
    assert re.search(r"<h1|heading", text) or '{% extends "base.html"' not in text


@pytest.mark.parametrize("path", PARTIALS, ids=_name)
def test_every_partial_names_its_inputs(path: Path) -> None:
    head = path.read_text("utf-8").splitlines()[0]
    assert re.search(r"^{% comment %}.*Inputs: .+{% endcomment %}", head), head


@pytest.mark.parametrize("path", TEMPLATES, ids=_name)
def test_a_partial_that_sends_a_form_is_given_the_token_for_it(path: Path) -> None:
    """What is included with `only` sees no token that was not handed to it: its form is refused."""
    included = INCLUDE.findall(path.read_text("utf-8"))
    assert [name for name, given in included if name in SENDING and TOKEN not in given] == []


@pytest.mark.parametrize("path", TEMPLATES, ids=_name)
def test_every_sign_used_is_in_the_sprite(path: Path) -> None:
    text = path.read_text("utf-8")
    icons = {f"i-{name}" for name in re.findall(r'{%\s*icon "([^"]+)"', text)}
    doors = {f"door-{name}" for name in re.findall(r'{%\s*door "([^"]+)"', text)}
    large = {f"door-{name}-l" for name in re.findall(r'state="([^"]+)"', text)}
    assert (icons | doors | large) - SIGNS == set()


def test_every_door_with_a_word_is_drawn_in_both_sizes() -> None:
    assert {f"door-{name}{size}" for name in DOORS for size in ("", "-l")} - SIGNS == set()


def test_every_style_sheet_of_a_component_is_linked() -> None:
    linked = (ROOT / "templates/components/assets.html").read_text("utf-8")
    sheets = sorted((ROOT / "static/css/components").glob("*.css"))
    assert [sheet.name for sheet in sheets if f"css/components/{sheet.name}" not in linked] == []
