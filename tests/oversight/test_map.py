"""The map of doors: what is counted, what is said, what the page shows in both languages."""

import json
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation

from oversight.map import Map, Mark, draw, most_common

ROOT = Path(__file__).resolve().parents[2]
DISTRICTS = json.loads((ROOT / "registry/data/districts.json").read_text("utf-8"))
MARFINO, BIBIREVO, ARBAT, TROITSK = "45356000", "45352000", "45374000", "45931000"
DOORS = {"wide": 3, "half": 6, "ajar": 5, "shut": 1}


def mark(oktmo: str, **doors: int) -> Mark:
    name = next(row["name"] for row in DISTRICTS if row["oktmo"] == oktmo)
    return Mark(oktmo, name, f"/institutions/?district={oktmo}", doors)


def okrug_url(code: str) -> str:
    return f"/okrugs/#{code}"


def drawn(chosen: str = "") -> Map:
    marks = [
        mark(MARFINO, half=2, ajar=1),
        mark(BIBIREVO, wide=1),
        mark(ARBAT, wide=2, half=2, ajar=1),
        mark(TROITSK, half=2, ajar=3, shut=1),
        mark("45353000"),
    ]
    return draw(marks, okrug_url, chosen)


def page(language: str, shown: Map) -> str:
    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    with translation.override(language):
        return render_to_string("oversight/map.html", {"map": shown, "doors": DOORS}, request)


def part(html: str, tag: str) -> ElementTree.Element:
    found = re.search(rf"<{tag}\b.*?</{tag}>", html, re.DOTALL)
    assert found
    return ElementTree.fromstring(found.group())  # noqa: S314  (our own page)


def links(html: str, group: str) -> list[tuple[str, str]]:
    inside = part(html, "figure").find(f".//g[@class='{group}']")
    assert inside is not None
    return [(a.attrib["href"], a.attrib["aria-label"]) for a in inside.iter("a")]


def words(element: ElementTree.Element) -> str:
    return " ".join("".join(element.itertext()).split())


@pytest.mark.parametrize(
    ("doors", "expected"),
    [
        ({"ajar": 2, "wide": 1}, "ajar"),
        ({"shut": 1}, "shut"),
        ({"shut": 2, "ajar": 2}, "ajar"),
        ({"shut": 1, "ajar": 1, "half": 1, "wide": 1}, "wide"),
        ({"half": 3, "wide": 3}, "wide"),
    ],
)
def test_the_most_common_door_is_shown_and_among_equals_the_more_open(
    doors: dict[str, int], expected: str
) -> None:
    assert most_common(doors) == expected


def test_a_district_without_institutions_has_no_door() -> None:
    assert [sign.name for sign in drawn().districts] == ["Бибирево", "Марфино", "Арбат"]


def test_okrugs_add_up_their_districts() -> None:
    with translation.override("en"):
        shown = drawn()
    assert [(sign.name, sign.abbreviation, dict(sign.doors)) for sign in shown.table] == [
        ("North-Eastern", "NE", {"half": 2, "ajar": 1, "wide": 1}),
        ("Central", "C", {"wide": 2, "half": 2, "ajar": 1}),
        ("Troitsky", "T", {"half": 2, "ajar": 3, "shut": 1}),
    ]
    assert shown.count == 15


def test_a_district_far_out_counts_only_for_its_okrug() -> None:
    shown = drawn()
    assert [sign.url for sign in shown.outer] == ["/okrugs/#TAO"]
    assert TROITSK not in {sign.url.rpartition("=")[2] for sign in shown.districts}


def test_a_district_that_is_not_moscows_is_refused() -> None:
    with pytest.raises(KeyError):
        draw([Mark("1", "Nowhere", "/", {"wide": 1})], okrug_url)


def test_every_door_of_the_map_says_its_name_in_english() -> None:
    html = page("en", drawn())
    assert links(html, "by-district") == [
        (f"/institutions/?district={BIBIREVO}", "Бибирево: one institution, its door is wide open"),
        (
            f"/institutions/?district={MARFINO}",
            "Марфино: 3 institutions, most often the door is half open",
        ),
        (
            f"/institutions/?district={ARBAT}",
            "Арбат: 5 institutions, most often the door is wide open",
        ),
    ]


def test_every_door_of_the_map_says_its_name_in_russian() -> None:
    with translation.override("ru"):
        shown = drawn()
    html = page("ru", shown)
    assert [name for _, name in links(html, "by-district")] == [
        "Бибирево: одно учреждение, дверь распахнута",
        "Марфино: 3 учреждения, дверь чаще всего полуоткрыта",
        "Арбат: 5 учреждений, дверь чаще всего распахнута",
    ]
    assert links(html, "by-okrug") == [
        ("/okrugs/#SVAO", "Северо-Восточный: 4 учреждения, дверь чаще всего полуоткрыта"),
        ("/okrugs/#TsAO", "Центральный: 5 учреждений, дверь чаще всего распахнута"),
    ]


@pytest.mark.parametrize(
    ("count", "said"),
    [(2, "2 учреждения"), (5, "5 учреждений"), (11, "11 учреждений"), (21, "21 учреждение")],
)
def test_russian_counts_institutions_as_it_should(count: int, said: str) -> None:
    with translation.override("ru"):
        sign = draw([mark(MARFINO, ajar=count)], okrug_url).districts[0]
        assert sign.words == f"{said}, дверь чаще всего приоткрыта"


@pytest.mark.parametrize("language", ["ru", "en"])
def test_a_door_stands_with_its_number_and_one_needs_none(language: str) -> None:
    figure = part(page(language, drawn()), "figure")
    shown = [
        (use.attrib["href"].partition("#")[2], [n.text for n in a.iter("text")])
        for group in ("by-district", "by-okrug")
        for a in figure.findall(f".//g[@class='{group}']//a")
        for use in a.iter("use")
    ]
    assert shown == [
        ("door-wide", []),
        ("door-half", ["3"]),
        ("door-wide", ["5"]),
        ("door-half", ["4"]),
        ("door-wide", ["5"]),
    ]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("ru", "Троицкий 6 учреждений, дверь чаще всего приоткрыта"),
        ("en", "Troitsky 6 institutions, most often the door is ajar"),
    ],
)
def test_the_caption_names_the_far_okrugs_and_whose_data_it_is(language: str, said: str) -> None:
    with translation.override(language):
        shown = drawn()
    caption = part(page(language, shown), "figcaption")
    assert [words(item) for item in caption.iter("li")] == [said]
    assert "OpenStreetMap" in words(caption)
    assert "ODbL 1.0" in words(caption)


def test_the_table_holds_the_same_numbers() -> None:
    with translation.override("ru"):
        shown = drawn()
    rows = [[words(cell) for cell in row] for row in part(page("ru", shown), "table").iter("tr")]
    assert rows == [
        ["Округ", "Распахнута", "Полуоткрыта", "Приоткрыта", "Закрыта", "Всего"],
        ["Северо-Восточный", "1", "2", "1", "0", "4"],
        ["Центральный", "2", "2", "1", "0", "5"],
        ["Троицкий", "0", "2", "3", "1", "6"],
    ]


@pytest.mark.parametrize(
    ("language", "heading"),
    [("ru", "15 учреждений по районам"), ("en", "15 institutions by district")],
)
def test_the_page_counts_doors_and_institutions(language: str, heading: str) -> None:
    html = page(language, drawn())
    assert words(part(html, "h2")) == heading
    assert re.findall(r"</svg><b>(\d+)</b>", html) == ["3", "6", "5", "1"]


def test_the_district_looked_at_is_marked() -> None:
    figure = part(page("en", drawn(MARFINO)), "figure")
    assert len(figure.findall(".//path[@class='chosen']")) == 1
    current = figure.findall(".//a[@aria-current='true']")
    assert [a.attrib["href"] for a in current] == [f"/institutions/?district={MARFINO}"]


def test_without_institutions_the_page_says_so() -> None:
    html = page("en", draw([], okrug_url))
    assert links(html, "by-district") == []
    assert "No institution is in the register yet." in html
    assert "<table" not in html


def test_the_fullest_map_stays_light() -> None:
    marks = [mark(row["oktmo"], wide=1, half=2, ajar=8) for row in DISTRICTS]
    with translation.override("ru"):
        shown = draw(marks, okrug_url)
    drawing = re.search(r"<figure.*?</figure>", page("ru", shown), re.DOTALL)
    assert drawing
    assert len(drawing.group().encode()) < 120_000
