"""Planning an import: what a file would change is told to the row before anything is written."""

import io
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from accounts.models import Organisation
from registry import queries
from registry.models import ImportBatch
from registry.reading import NotARegister
from tests.registry.importing import WORKBOOK, contents, plan, told, write
from tests.registry.world import (
    INSTITUTIONS,
    NGOS,
    SAMPLES,
    as_csv,
    institution_line,
    ngo_line,
    ogrn,
)

pytestmark = pytest.mark.django_db


def test_dry_run_writes_nothing_and_says_what_writing_then_does() -> None:
    before = plan(WORKBOOK, "register.xlsx")
    assert contents() == [[]] * 6
    assert ImportBatch.objects.count() == 0
    batch = write(WORKBOOK, "register.xlsx")
    assert told(queries.written(batch)) == told(before)
    assert before.counts() == {"created": 284, "updated": 0, "unchanged": 0, "rejected": 16}


@pytest.mark.parametrize(
    ("header", "line", "code"),
    [
        (INSTITUTIONS, institution_line(1, **{"Полное наименование": "Д" * 501}), "too_long"),
        (INSTITUTIONS, institution_line(1, **{"Телефон": "нет " * 50}), "too_long"),
        (INSTITUTIONS, institution_line(1, **{"Вид учреждения": "Школа"}), "unknown_kind"),
        (INSTITUTIONS, institution_line(1, **{"Район": "Коптево"}), "district_not_in_okrug"),
        (NGOS, ngo_line(1, **{"Виды взаимодействия": "T99"}), "unknown_type"),
        (NGOS, ngo_line(1, **{"Действует до": "01.01.2020"}), "bad_period"),
    ],
)
def test_row_is_not_taken_for(header: tuple[str, ...], line: list[str], code: str) -> None:
    content = as_csv(header, line)
    assert [row.reason_code for row in plan(content).rows] == [code]
    assert write(content).rejected == 1
    assert Organisation.objects.count() == 0


def stirred() -> bytes:
    """The sample with sheets, columns and empty rows as somebody else would have them."""
    old, new = load_workbook(io.BytesIO(WORKBOOK)), Workbook()
    new.remove(new.active)
    new.create_sheet("Примечания").append(["Это не реестр"])
    for title in ("НКО", "Учреждения"):
        sheet = new.create_sheet(title)
        for line in old[title].iter_rows(values_only=True):
            sheet.append(["лишнее", *reversed(line), None])
            sheet.append([])
    out = io.BytesIO()
    new.save(out)
    return out.getvalue()


def test_order_of_sheets_and_columns_and_empty_rows_do_not_matter() -> None:
    key = lambda row: (row[0].sheet, row[0].row, *row[1:4])  # noqa: E731  (a key, not a function)
    straight, other = (told(plan(c, "r.xlsx")) for c in (WORKBOOK, stirred()))
    assert sorted(map(key, straight)) == sorted(map(key, other))


def test_volunteers_are_no_register() -> None:
    with pytest.raises(NotARegister):
        plan((SAMPLES / "volunteers.csv").read_bytes(), "volunteers.csv")


def test_ten_thousand_rows_are_planned_with_as_many_queries_as_ten(
    django_assert_num_queries: Any,
) -> None:
    sizes = {
        n: as_csv(INSTITUTIONS, *(institution_line(i) for i in range(n))) for n in (10, 10_000)
    }
    for content in sizes.values():
        with django_assert_num_queries(5):
            planned = plan(content)
    assert planned.counts()["created"] == 10_000
    assert planned.rows[-1].target.organisation.ogrn == ogrn(9_999)
