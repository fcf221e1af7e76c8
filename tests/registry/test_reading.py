"""The reader of old registers, on the project's own sample data and on small files."""

import csv
import io
import json
from datetime import date
from pathlib import Path

import pytest
from django.utils import translation
from openpyxl import load_workbook

from registry.reading import NotARegister, Reading, cells, places, read_register
from registry.reading.rows import Fault

SAMPLES = Path(__file__).resolve().parents[2] / "registry" / "samples"
ON = date(2026, 11, 23)
EXPECTED = json.loads((SAMPLES / "expected_faults.json").read_text("utf-8"))
INSTITUTION = ("№ п/п", "Полное наименование", "Вид учреждения", "ИНН", "ОГРН", "Округ", "Район")
GOOD = ("1", "Центр «Липовая аллея»", "ЦССВ", "7798800016", "1027798080012", "СВАО", "Марфино")
PERSON = "Фамилия,Имя,Отчество,Дата рождения,E-mail\n"


def read(name: str, content: bytes | None = None) -> Reading:
    return read_register(name, (SAMPLES / name).read_bytes() if content is None else content, on=ON)


def sheet_as_csv(title: str) -> str:
    book = load_workbook(SAMPLES / "register.xlsx")
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerows(book[title].iter_rows(values_only=True))
    return out.getvalue()


def faults(*sheets: str) -> list[tuple[str, int, str]]:
    kinds = {"minor": "under_14"}
    return sorted(
        (fault["sheet"], fault["n"], kinds.get(fault["kind"], fault["kind"]))
        for fault in EXPECTED["faults"]
        if fault["reject"] and fault["sheet"] in sheets
    )


def found(reading: Reading) -> list[tuple[str, int, str]]:
    return sorted((r.sheet, r.row, r.reason_code) for r in reading.rejected)


def test_workbook_rejects_exactly_the_planted_faults() -> None:
    reading = read("register.xlsx")
    assert found(reading) == faults("Учреждения", "НКО")
    assert reading.rows == EXPECTED["institutions"] + EXPECTED["ngos"]


def test_volunteers_reject_exactly_the_planted_faults() -> None:
    reading = read("volunteers.csv")
    assert found(reading) == faults("volunteers.csv")
    assert reading.rows == EXPECTED["volunteers"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251"])
def test_volunteers_read_the_same_in_every_encoding(encoding: str) -> None:
    text = (SAMPLES / "volunteers.csv").read_bytes().decode("cp1251")
    assert read("volunteers.csv", text.encode(encoding)) == read("volunteers.csv")


@pytest.mark.parametrize("title", ["Учреждения", "НКО"])
def test_sheet_saved_as_csv_is_named_by_its_file(title: str) -> None:
    reading = read("list.csv", sheet_as_csv(title).encode("cp1251", errors="replace"))
    assert [(r.row, r.reason_code) for r in reading.rejected] == sorted(
        (n, code) for _, n, code in faults(title)
    )
    assert {r.sheet for r in reading.rejected} == {"list.csv"}


@pytest.mark.parametrize(
    ("column", "value", "code"),
    [
        (1, " ", "no_name"),
        (2, "Школа", "unknown_kind"),
        (3, "779912345644", "bad_inn"),
        (3, "", "bad_inn"),
        (4, "1027798080013", "bad_ogrn"),
        (5, "Подмосковный", "unknown_okrug"),
        (6, "Коптево", "district_not_in_okrug"),
    ],
)
def test_institution_is_rejected_for(column: int, value: str, code: str) -> None:
    line = [*GOOD[:column], value, *GOOD[column + 1 :]]
    content = "\n".join([",".join(INSTITUTION), ",".join(line)]).encode()
    assert found(read("one.csv", content)) == [("one.csv", 1, code)]


def test_second_occurrence_of_an_ogrn_is_rejected() -> None:
    content = "\n".join([",".join(INSTITUTION), ",".join(GOOD), ",".join(GOOD)]).encode()
    assert found(read("two.csv", content)) == [("two.csv", 2, "dup_ogrn")]


@pytest.mark.parametrize(
    ("born", "minor", "codes"),
    [
        ("24.11.2012", None, ["under_14"]),
        ("23.11.2012", True, []),
        ("24.11.2008", True, []),
        ("23.11.2008", False, []),
        ("23.11.2030", None, ["bad_date"]),
    ],
)
def test_age_decides_whether_a_person_is_taken(
    born: str, minor: bool | None, codes: list[str]
) -> None:
    reading = read("p.csv", f"{PERSON}Ершов,Игорь,,{born},a@example.org\n".encode())
    assert [r.reason_code for r in reading.rejected] == codes
    assert [v.minor for v in reading.volunteers] == ([] if minor is None else [minor])


@pytest.mark.parametrize(
    "spelling",
    [
        "ЗелАО",
        "зеленоградский",
        "Зеленоградский  адм. округ",
        "Зеленоградский административный округ",
    ],
)
def test_okrug_is_one_however_it_is_written(spelling: str) -> None:
    assert places.okrug(spelling) == "ZelAO"


@pytest.mark.parametrize("spelling", ["Савелки", "район Савёлки", " Савёлки "])
def test_district_is_one_however_it_is_written(spelling: str) -> None:
    assert places.district(spelling, "ZelAO") == "Савёлки"


@pytest.mark.parametrize(
    ("written", "phone"),
    [
        ("8 495 000 93 05", "+74950009305"),
        ("+7 (495) 000-85-56", "+74950008556"),
        ("(495)0001493; доб. 12", "+74950001493;ext=12"),
        (84950009305, "+74950009305"),
        ("нет", "нет"),
    ],
)
def test_phone_is_brought_to_one_form(written: object, phone: str) -> None:
    assert cells.phone(written) == phone


def test_type_outside_the_catalogue_is_refused() -> None:
    assert places.types(("t01", "Т02", "T01")) == ("T01", "T02")
    with pytest.raises(Fault, match="T21"):
        places.types(("T01", "T21"))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("notes.csv", "Купить;хлеб\n1;2\n".encode()),
        ("empty.csv", b""),
        ("photo.png", b"\x89PNG\0"),
        ("broken.xlsx", b"PK\x03\x04nothing"),
    ],
)
def test_wrong_file_is_refused_as_a_whole(name: str, content: bytes) -> None:
    with pytest.raises(NotARegister):
        read(name, content)


def test_missing_columns_are_named() -> None:
    with translation.override("en"), pytest.raises(NotARegister, match="missing: Район"):
        read("short.csv", ",".join(INSTITUTION[:-1]).encode())
