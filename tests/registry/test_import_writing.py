"""Writing an old register: a file changes just what it says, and a second time nothing."""

import random
from collections import Counter
from datetime import date

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange

from registry import queries
from registry.models import (
    BatchState,
    ImportRow,
    Institution,
    Ngo,
    Outcome,
    Registration,
)
from tests.registry.importing import WORKBOOK, contents, plan, write
from tests.registry.world import INSTITUTIONS, NGOS, TODAY, as_csv, institution_line, ngo_line

pytestmark = pytest.mark.django_db


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


def test_an_organisation_of_another_kind_is_not_touched() -> None:
    write(as_csv(NGOS, ngo_line(1)))
    batch = write(as_csv(INSTITUTIONS, institution_line(1)))
    assert ImportRow.objects.get(batch=batch).reason_code == "ogrn_of_other_kind"
    assert Institution.objects.count() == 0


@pytest.mark.parametrize("beds", ["0", "", "-5", "много", "9" * 5000])
def test_number_of_places_that_is_none_is_left_out(beds: str) -> None:
    write(as_csv(INSTITUTIONS, institution_line(1, **{"Число мест": beds})))
    assert Institution.objects.get().beds is None


def test_missing_optional_columns_leave_what_is_known() -> None:
    write(as_csv(INSTITUTIONS, institution_line(1)))
    once = contents()
    batch = write(as_csv(INSTITUTIONS[:8], institution_line(1)[:8]))
    assert batch.unchanged == 1
    assert contents() == once
