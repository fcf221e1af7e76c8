"""The search over the register: words, typing errors, filters, pages, export."""

import base64
import csv
import io
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import Organisation
from registry.models import Registration
from tests.registry import world
from tests.registry.world import words

pytestmark = pytest.mark.django_db


@pytest.fixture
def small_register() -> None:
    world.institution("ГБУ ЦССВ «Липовая аллея»", ref="alley", beds=64)
    world.institution("ГБУ ПНИ «Ёлочка»", ref="fir", kind="P", district="Савёлки")
    world.institution("ГБУ СЦ «Ежевика»", ref="berry", kind="F", district="Коптево")
    world.ngo("АНО «Шаг за ворота»", ref="step")
    world.ngo("БФ «Аллея добра»", ref="kind", allowed=[("T03", "F")])
    world.ngo("РОО «Прежняя»", ref="old", during=DateRange(date(2020, 1, 1), date(2021, 1, 1)))


def found(client: Client, **asked: str) -> list[str]:
    return [row["organisation"].ref for row in client.get("/register/", asked).context["rows"]]


def one(sql: str, *values: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchone()[0]


def test_trigrams_of_cyrillic_are_not_empty() -> None:
    assert len(one("select show_trgm(%s)", "ёлочка")) > 5


def test_words_inside_guillemets_are_words() -> None:
    words = one("select registry_words(%s, %s)", "Центр «Липовая аллея»", "„Ёлочка“")
    assert "'елочк'" in words
    assert "'алл'" in words or "'алле'" in words


@pytest.mark.usefixtures("small_register")
@pytest.mark.parametrize(
    ("text", "refs"),
    [
        ("липовая", ["alley"]),
        ("аллеи", ["kind", "alley"]),
        ("«Липовая аллея»", ["alley"]),
        ("АЛЛЕЯ липовая", ["alley"]),
        ("липов", ["alley"]),
        ("елочка", ["fir"]),
        ("Ёлочка", ["fir"]),
        ("Е\u0308лочка", ["fir"]),
        ("ёжевика", ["berry"]),
        ("шаг ворота", ["step"]),
    ],
)
def test_name_is_found_by_its_words(client: Client, text: str, refs: list[str]) -> None:
    assert found(client, q=text) == refs


@pytest.mark.usefixtures("small_register")
@pytest.mark.parametrize(
    ("typed", "ref"),
    [("липавая алея", "alley"), ("елачка", "fir"), ("ежвика", "berry"), ("прежнея", "old")],
)
def test_name_typed_wrongly_is_found_by_likeness(client: Client, typed: str, ref: str) -> None:
    answer = client.get("/register/", {"q": typed})
    assert answer.context["page"].alike
    assert answer.context["rows"][0]["organisation"].ref == ref


@pytest.mark.usefixtures("small_register")
def test_numbers_are_found_from_their_beginning(client: Client) -> None:
    Organisation.objects.filter(ref="fir").update(ogrn="1027798080012", inn="7798800016")
    number = Registration.objects.get(ngo__organisation__ref="step").number
    for typed in ("1027798080012", "77988", "77 988 000", number, number.lower()):
        assert found(client, q=typed) == (["step"] if "25" in typed else ["fir"])


@pytest.mark.usefixtures("small_register")
@pytest.mark.parametrize(
    ("asked", "refs"),
    [
        ({"what": "ngo"}, {"step", "kind", "old"}),
        ({"what": "institution"}, {"alley", "fir", "berry"}),
        ({"kind": "F"}, {"berry", "kind"}),
        ({"okrug": "ZelAO"}, {"fir"}),
        ({"type": "T03", "what": "ngo"}, {"kind"}),
        ({"type": "T07", "what": "institution"}, {"alley", "berry", "fir"}),
        ({"type": "T09", "what": "institution"}, {"alley", "berry", "fir"}),
        ({"type": "T07", "kind": "R"}, {"step"}),
        ({"kind": "C", "type": "T01", "what": "ngo"}, {"step"}),
        ({"okrug": "SAO", "what": "ngo"}, set()),
    ],
)
def test_filters_narrow(client: Client, asked: dict[str, str], refs: set[str]) -> None:
    if asked.get("what") == "institution" and "type" in asked:
        kinds = client.get(f"/types/{asked['type']}/").context["version"]["kinds"]
        shown = {"alley": "содействия", "fir": "Психо", "berry": "Семейный"}
        refs = {ref for ref in refs if any(shown[ref] in kind for kind in kinds)}
    assert set(found(client, **asked)) == refs


@pytest.mark.usefixtures("small_register")
def test_district_of_the_okrugs_page_opens_its_institutions(client: Client) -> None:
    page = client.get("/okrugs/")
    code = next(
        d["code"] for o in page.context["okrugs"] for d in o["districts"] if d["name"] == "Коптево"
    )
    assert f'href="/register/?district={code}"' in page.content.decode()
    assert found(client, district=code) == ["berry"]


@pytest.mark.usefixtures("small_register")
def test_organisations_without_an_entry_in_the_register_are_not_found(client: Client) -> None:
    Organisation.objects.create(ref="d", kind="department", name="Департамент", short_name="ДТСЗН")
    Organisation.objects.create(ref="x", kind="ngo", name="Ещё не НКО", short_name="Ещё нет")
    assert len(found(client)) == 6


def test_names_stand_in_the_order_of_the_alphabet(client: Client) -> None:
    for n, name in enumerate(("Жук", "Ёж", "Ель", "Дом", "Ежи")):
        world.institution(name, ref=f"i{n}")
    names = [r["organisation"].short_name for r in client.get("/register/").context["rows"]]
    assert names == ["Дом", "Ежи", "Ель", "Ёж", "Жук"]


def many(size: int) -> None:
    for n in range(size):
        world.institution(f"Дом {n % 7}", ref=f"i{n}")
        world.ngo(f"Дом {n % 5} фонда", ref=f"n{n}")


def walked(client: Client, **asked: str) -> list[str]:
    refs, after = [], ""
    while True:
        context = client.get("/register/", {**asked, "after": after}).context
        refs += [row["organisation"].ref for row in context["rows"]]
        after = context["page"].after
        if not after:
            return refs


def test_pages_show_everything_once(client: Client) -> None:
    many(40)
    refs = walked(client)
    assert len(refs) == 80
    assert len(set(refs)) == 80
    assert len(walked(client, q="фонд")) == 40


def test_page_stands_still_when_names_are_added_before_it(client: Client) -> None:
    many(20)
    after = client.get("/register/").context["page"].after
    before = found(client, after=after)
    world.institution("Аист", ref="new")
    assert found(client, after=after) == before


@pytest.mark.parametrize(
    "after",
    [
        "garbage",
        "%%%",
        "ё",
        "A" * 5000,
        base64.urlsafe_b64encode(b"[1]").decode(),
        base64.urlsafe_b64encode(b'["\\u0000", 1]').decode(),
        base64.urlsafe_b64encode(b'["\\ud800", 1]').decode(),
        base64.urlsafe_b64encode(b'["x", 99999999999999999999]').decode(),
        base64.urlsafe_b64encode(b"[" * 1400).decode(),
    ],
)
def test_broken_place_starts_anew(client: Client, after: str) -> None:
    world.institution()
    assert found(client, after=after) == ["inst-1"]


@pytest.mark.parametrize(
    "text",
    ["!!!", "':*", "a & b | !c", "%", "_", "\\", "«»", "д" * 200, "дом " * 40, "<->", "7" * 30],
)
def test_strange_text_is_answered(client: Client, text: str) -> None:
    world.institution()
    assert client.get("/register/", {"q": text}).status_code == 200


@pytest.mark.parametrize(
    "asked", [{"q": "\0"}, {"q": "д" * 201}, {"kind": "Z"}, {"what": "всё"}, {"district": "\0"}]
)
def test_question_that_makes_no_sense_is_said_beside_its_field(
    client: Client, asked: dict[str, str]
) -> None:
    world.institution()
    answer = client.get("/register/", asked)
    assert answer.status_code == 200
    assert set(answer.context["form"].errors) == set(asked)
    assert "rows" not in answer.context
    assert client.get("/register/export.csv", asked).status_code == 404


def test_nothing_found_is_said_in_words(client: Client) -> None:
    assert "Реестр пуст" in words(client.get("/register/"))
    world.institution()
    assert "Ничего не найдено" in words(client.get("/register/", {"q": "жжжж"}))


@pytest.mark.usefixtures("small_register")
def test_what_is_found_is_counted_in_words(client: Client) -> None:
    assert "3 учреждения, 3 НКО" in words(client.get("/register/"))


def asked_of_database(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


@pytest.mark.parametrize("address", ["/register/", "/register/?q=дом", "/register/export.csv"])
def test_list_asks_as_few_questions_of_a_large_register_as_of_a_small_one(
    client: Client, address: str
) -> None:
    many(10)
    small = asked_of_database(client, address)
    for n in range(10, 100):
        world.institution(f"Дом {n}", ref=f"i{n}")
        world.ngo(f"Дом {n} фонда", ref=f"n{n}")
    assert asked_of_database(client, address) == small
    assert small <= 8


def exported(client: Client, **asked: str) -> list[list[str]]:
    answer = client.get("/register/export.csv", asked)
    assert answer.content.startswith(b"\xef\xbb\xbf")
    text = answer.content.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))


@pytest.mark.usefixtures("small_register")
def test_export_has_what_is_seen(client: Client) -> None:
    lines = exported(client, q="аллея")
    assert [line[1] for line in lines[1:]] == ["БФ «Аллея добра»", "ГБУ ЦССВ «Липовая аллея»"]
    assert {len(line) for line in lines} == {19}


def test_no_cell_of_an_export_is_a_formula(client: Client) -> None:
    for n, name in enumerate(("=1+1", "+7", "-1", "@x", " =1", "\t=1")):
        world.institution(name, ref=f"i{n}", phone="+74950000001")
    for line in exported(client)[1:]:
        assert all(not cell.lstrip().startswith(("=", "+", "-", "@")) for cell in line)


def test_export_says_where_it_stops(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("registry.queries.exports.LARGEST", 3)
    for n in range(4):
        world.institution(f"Дом {n}", ref=f"i{n}")
    lines = exported(client)
    assert len(lines) == 1 + 3 + 1
    assert "3" in lines[-1][0]
