"""`manage.py import_register`: what it prints, what it writes, how it ends."""

import json
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from openpyxl import load_workbook

from accounts.models import Organisation
from registry.models import ImportBatch, ImportRow
from tests.registry.world import INSTITUTIONS, SAMPLES, as_csv, institution_line

pytestmark = pytest.mark.django_db
EXPECTED = json.loads((SAMPLES / "expected_faults.json").read_text("utf-8"))
REGISTER = SAMPLES / "register.xlsx"


def run(path: Path, *options: str) -> dict[str, Any]:
    out = StringIO()
    call_command("import_register", str(path), "--json", *options, stdout=out)
    answer: dict[str, Any] = json.loads(out.getvalue())
    return answer


def test_dry_run_names_exactly_the_planted_faults() -> None:
    answer = run(REGISTER)
    planted = [
        (fault["sheet"], fault["n"])
        for fault in EXPECTED["faults"]
        if fault["reject"] and fault["sheet"] != "volunteers.csv"
    ]
    assert sorted((r["sheet"], r["row"]) for r in answer["rejected"]) == sorted(planted)
    assert all(set(row) == {"sheet", "row", "reason"} for row in answer["rejected"])
    counted = {name: answer[name] for name in ("rows", "created", "updated", "unchanged")}
    assert counted == {"rows": 300, "created": 284, "updated": 0, "unchanged": 0}
    assert (Organisation.objects.count(), ImportRow.objects.count()) == (0, 0)


def test_applying_answers_what_the_dry_run_promised() -> None:
    promised = run(REGISTER)
    assert run(REGISTER, "--apply") == promised
    assert ImportRow.objects.count() == 300
    again = run(REGISTER, "--apply")
    assert (again["created"], again["updated"], again["unchanged"]) == (0, 0, 284)
    assert again["rejected"] == promised["rejected"]


def test_row_without_a_number_is_told_by_its_line(tmp_path: Path) -> None:
    book = load_workbook(REGISTER)
    book["Учреждения"]["A4"] = None
    book["Учреждения"]["E4"] = "1"
    out = BytesIO()
    book.save(out)
    (tmp_path / "one.xlsx").write_bytes(out.getvalue())
    first = run(tmp_path / "one.xlsx")["rejected"][0]
    assert (first["sheet"], first["row"], first["line"]) == ("Учреждения", None, 4)


def test_rows_of_a_csv_are_counted_without_the_empty_ones(tmp_path: Path) -> None:
    bad = institution_line(2, **{"ИНН": "1"})
    (tmp_path / "list.csv").write_bytes(as_csv(INSTITUTIONS, [], institution_line(1), [], bad))
    rejected = run(tmp_path / "list.csv")["rejected"]
    assert [(row["sheet"], row["row"]) for row in rejected] == [("list.csv", 2)]


def test_text_for_people_counts_and_names_the_rows() -> None:
    out = StringIO()
    call_command("import_register", str(REGISTER), stdout=out)
    lines = out.getvalue().splitlines()
    assert len(lines) == 1 + 16
    assert "284" in lines[0]


@pytest.mark.parametrize("name", ["expected_faults.json", "nowhere.csv", "volunteers.csv", ""])
@pytest.mark.parametrize("options", [(), ("--apply",)])
def test_what_is_no_register_is_refused(name: str, options: tuple[str, ...]) -> None:
    out = StringIO()
    with pytest.raises(CommandError) as refusal:
        call_command("import_register", str(SAMPLES / name), "--json", *options, stdout=out)
    assert refusal.value.returncode == 2
    assert json.loads(out.getvalue()) == {"error": str(refusal.value)}
    assert ImportBatch.objects.count() == 0
