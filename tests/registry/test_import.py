"""Importing an old register: what a file would change, and that it changes just that."""

import io
import random
import time
from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone
from openpyxl import Workbook, load_workbook

from accounts.models import Organisation
from casework.models import Entry
from registry import queries, services
from registry.importing.plans import Plan
from registry.models import (
    Approved,
    BatchState,
    ImportBatch,
    ImportRow,
    Institution,
    Ngo,
    Outcome,
    Registration,
    Site,
)
from registry.reading import NotARegister
from tests.registry.world import (
    INSTITUTIONS,
    NGOS,
    SAMPLES,
    TODAY,
    as_csv,
    institution_line,
    ngo_line,
    ogrn,
)

pytestmark = pytest.mark.django_db
WORKBOOK = (SAMPLES / "register.xlsx").read_bytes()


def plan(content: bytes, name: str = "file.csv") -> Plan:
    at = timezone.now()
    return services.plan_file(kind="register", name=name, content=content, owner_id=None, at=at)


def receive(content: bytes, name: str = "file.csv") -> ImportBatch:
    at = timezone.now()
    batch = services.receive(
        kind="register", name=name, content=content, owner=None, by_id=None, at=at
    )
    services.queue(batch, at=at)
    return batch


def write(content: bytes, name: str = "file.csv") -> ImportBatch:
    batch = receive(content, name)
    services.write_batch(batch.pk, clock=timezone.now)
    batch.refresh_from_db()
    return batch


def told(planned: Plan) -> list[tuple[Any, ...]]:
    return [
        (row.where, row.outcome, row.reason_code, row.reason, row.changes) for row in planned.rows
    ]


def contents() -> list[list[dict[str, Any]]]:
    tables = (Organisation, Institution, Site, Ngo, Registration, Approved)
    return [list(table.objects.order_by("pk").values()) for table in tables]


def test_dry_run_writes_nothing_and_says_what_writing_then_does() -> None:
    before = plan(WORKBOOK, "register.xlsx")
    assert contents() == [[]] * 6
    assert ImportBatch.objects.count() == 0
    batch = write(WORKBOOK, "register.xlsx")
    assert told(queries.written(batch)) == told(before)
    assert before.counts() == {"created": 284, "updated": 0, "unchanged": 0, "rejected": 16}


def test_import_fills_the_register() -> None:
    batch = write(WORKBOOK, "register.xlsx")
    assert (batch.state, batch.done_rows, batch.total, bytes(batch.content)) == (
        BatchState.DONE,
        300,
        300,
        b"",
    )
    assert (Institution.objects.count(), Ngo.objects.count()) == (168, 116)
    first = Institution.objects.select_related("organisation", "kind").get(
        organisation__ogrn="1057781872631"
    )
    assert first.organisation.short_name == "ГБУ СЦ «Лесная околица»"
    assert (first.kind.code, first.beds, first.phone) == ("F", None, "+74950009305")
    assert (first.head_name, first.regime) == ("Чернова Галина Петровна", "открыто по расписанию")
    site = first.sites.get()
    assert (site.district.name, site.address) == ("Щербинка", "г. Москва, Набережная ул., д. 36")
    assert f"{site.latitude} {site.longitude}" == "55.496809 37.558870"


def test_validity_in_a_file_is_inclusive_and_types_hold_for_the_kinds_of_the_catalogue() -> None:
    write(WORKBOOK, "register.xlsx")
    registration = Registration.objects.get(ngo__organisation__ogrn="1177797142137")
    assert registration.during == DateRange(date(2025, 5, 3), date(2028, 5, 4))
    versions = {version["code"]: version for version in queries.catalogue(TODAY)}
    allowed = Counter(registration.approved.values_list("type__code", flat=True))
    assert set(allowed) == {"T02", "T10", "T11", "T13", "T18"}
    assert all(count == len(versions[code]["kinds"]) for code, count in allowed.items())


def test_every_registration_gets_a_number_of_its_year() -> None:
    write(as_csv(NGOS, ngo_line(1), ngo_line(2)))
    write(as_csv(NGOS, ngo_line(3), ngo_line(4, **{"Дата регистрации": "01.02.2024"})))
    numbers = Registration.objects.order_by("pk").values_list("number", flat=True)
    assert list(numbers) == ["НКО-2025-0001", "НКО-2025-0002", "НКО-2025-0003", "НКО-2024-0001"]


def test_second_import_of_the_same_file_changes_nothing() -> None:
    write(WORKBOOK, "register.xlsx")
    once = contents()
    again = write(WORKBOOK, "register.xlsx")
    assert contents() == once
    assert (again.created, again.updated, again.unchanged, again.rejected) == (0, 0, 284, 16)


def random_file(seed: int) -> bytes:
    chance = random.Random(seed)  # noqa: S311  (nothing is kept secret by it)
    makers = (
        institution_line,
        lambda n: institution_line(n, **{"Число мест": "", "Телефон": "нет"}),
        lambda n: institution_line(n, **{"ИНН": "1"}),
        lambda n: institution_line(n, **{"Полное наименование": "Ы" * chance.choice([499, 501])}),
    )
    lines = [chance.choice(makers)(chance.randint(1, 6)) for _ in range(8)]
    return as_csv(INSTITUTIONS, *lines)


@pytest.mark.parametrize("seed", range(8))
def test_twice_is_the_same_as_once_for_any_file(seed: int) -> None:
    write(random_file(seed))
    once = contents()
    again = write(random_file(seed))
    assert contents() == once
    assert (again.created, again.updated) == (0, 0)


def test_changed_facts_are_updated_and_told() -> None:
    write(as_csv(INSTITUTIONS, institution_line(1)))
    changed = institution_line(
        1,
        **{"Район": "Останкинский", "Число мест": "55", "Телефон": "", "Вид учреждения": "ДДИ"},
    )
    row = plan(as_csv(INSTITUTIONS, changed)).rows[0]
    assert row.outcome == Outcome.UPDATED
    assert row.changes == {
        "kind": ("Центр содействия семейному воспитанию", "Детский дом-интернат"),
        "beds": ("40", "55"),
        "district": ("Марфино", "Останкинский"),
    }
    batch = write(as_csv(INSTITUTIONS, changed))
    institution = Institution.objects.get()
    assert (institution.beds, institution.kind.code, institution.phone) == (55, "D", "+74950000001")
    noted = ImportRow.objects.get(batch=batch)
    assert (noted.was["beds"], noted.becomes["beds"]) == ("40", "55")
    assert noted.organisation_id == institution.pk


def test_file_does_not_change_a_registration_but_says_so() -> None:
    write(as_csv(NGOS, ngo_line(1)))
    once = contents()
    longer = as_csv(NGOS, ngo_line(1, **{"Действует до": "31.01.2030"}))
    row = plan(longer).rows[0]
    assert (row.outcome, row.reason_code, row.changes) == (Outcome.UNCHANGED, "kept", {})
    assert "01.02.2025 – 31.01.2030" in row.reason
    write(longer)
    assert contents() == once


def test_file_does_not_bring_a_withdrawn_registration_back() -> None:
    write(as_csv(NGOS, ngo_line(1)))
    Registration.objects.update(withdrawn_on=date(2026, 1, 1))
    batch = write(as_csv(NGOS, ngo_line(1)))
    assert (batch.unchanged, Registration.objects.count()) == (1, 1)


def test_registration_after_the_one_here_is_added() -> None:
    write(as_csv(NGOS, ngo_line(1)))
    later = {"Дата регистрации": "01.02.2028", "Действует до": "31.12.9999"}
    batch = write(as_csv(NGOS, ngo_line(1, **later)))
    assert batch.updated == 1
    assert Registration.objects.last().during == DateRange(date(2028, 2, 1), None)  # type: ignore[union-attr]


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


def test_an_organisation_of_another_kind_is_not_touched() -> None:
    write(as_csv(NGOS, ngo_line(1)))
    batch = write(as_csv(INSTITUTIONS, institution_line(1)))
    assert ImportRow.objects.get(batch=batch).reason_code == "ogrn_of_other_kind"
    assert Institution.objects.count() == 0


@pytest.mark.parametrize("beds", ["0", "", "-5", "много", "9" * 5000])
def test_number_of_places_that_is_none_is_left_out(beds: str) -> None:
    write(as_csv(INSTITUTIONS, institution_line(1, **{"Число мест": beds})))
    assert Institution.objects.get().beds is None


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


def test_missing_optional_columns_leave_what_is_known() -> None:
    write(as_csv(INSTITUTIONS, institution_line(1)))
    once = contents()
    batch = write(as_csv(INSTITUTIONS[:8], institution_line(1)[:8]))
    assert batch.unchanged == 1
    assert contents() == once


def test_volunteers_are_no_register() -> None:
    with pytest.raises(NotARegister):
        plan((SAMPLES / "volunteers.csv").read_bytes(), "volunteers.csv")


@pytest.fixture
def small_pieces(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(services, "ROWS_AT_ONCE", 7)
    return


@pytest.mark.usefixtures("small_pieces")
def test_interrupted_import_goes_on_from_where_it_stopped() -> None:
    batch = receive(WORKBOOK, "register.xlsx")
    moments = 0

    def clock() -> Any:
        nonlocal moments
        moments += 1
        if moments == 5:
            raise KeyboardInterrupt
        return timezone.now()

    with pytest.raises(KeyboardInterrupt):
        services.write_batch(batch.pk, clock=clock)
    batch.refresh_from_db()
    assert (batch.state, batch.done_rows, ImportRow.objects.count()) == ("applying", 28, 28)
    services.write_batch(batch.pk, clock=timezone.now)
    batch.refresh_from_db()
    assert (batch.state, batch.created, batch.rejected) == ("done", 284, 16)
    positions = ImportRow.objects.order_by("position").values_list("position", flat=True)
    assert list(positions) == list(range(1, 301))


def test_batch_is_written_once() -> None:
    batch = write(as_csv(INSTITUTIONS, institution_line(1)))
    services.write_batch(batch.pk, clock=timezone.now)
    assert not services.queue(batch, at=timezone.now())
    assert ImportRow.objects.count() == 1


def test_written_batch_stands_in_the_trail() -> None:
    batch = write(as_csv(INSTITUTIONS, institution_line(1)))
    entry = Entry.objects.get(action="register.imported")
    assert (entry.subject, entry.actor) == (f"import:{batch.pk}", None)


def test_file_without_rows_is_written_at_once() -> None:
    assert write(as_csv(INSTITUTIONS)).state == BatchState.DONE


def test_kept_file_that_can_no_longer_be_read_is_refused() -> None:
    batch = receive(as_csv(INSTITUTIONS, institution_line(1)))
    ImportBatch.objects.update(content=b"nothing")
    services.write_batch(batch.pk, clock=timezone.now)
    batch.refresh_from_db()
    assert batch.state == BatchState.REFUSED
    assert batch.refusal


def test_workbook_of_three_hundred_rows_is_written_in_two_seconds() -> None:
    start = time.perf_counter()
    write(WORKBOOK, "register.xlsx")
    assert time.perf_counter() - start < 2


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
