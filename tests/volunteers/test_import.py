"""Importing an NGO's list of volunteers: the command and the pages, what is kept and not told."""

import json
import time
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.memberships import differences, end
from accounts.models import Membership, Organisation, User
from accounts.roles import Role
from registry.models import ImportBatch, ImportRow
from tests.factories import institution, member
from tests.registry.world import SAMPLES
from tests.volunteers.lists import OGRN, OTHER, file_of, line, organisation
from tests.volunteers.making import TODAY, cleared_tier, volunteer
from volunteers.models import Volunteer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]
SAMPLE = SAMPLES / "volunteers.csv"
PLANTED = json.loads((SAMPLES / "expected_faults.json").read_text("utf-8"))["faults"]


@pytest.fixture
def home() -> Organisation:
    return organisation("Рядом", OGRN)


def run(path: Path, *options: str, of: str = OGRN) -> dict[str, Any]:
    out = StringIO()
    call_command("import_volunteers", str(path), "--ngo", of, "--json", *options, stdout=out)
    answer: dict[str, Any] = json.loads(out.getvalue())
    return answer


def counts(answer: dict[str, Any]) -> tuple[int, ...]:
    numbers = [answer[name] for name in ("rows", "created", "updated", "unchanged")]
    return (*numbers, len(answer["rejected"]))


def test_the_sample_is_read_to_the_row(home: Organisation) -> None:
    answer = run(SAMPLE)
    planted = [
        (one["sheet"], one["n"])
        for one in PLANTED
        if one["sheet"] == "volunteers.csv" and one["reject"]
    ]
    assert sorted((one["sheet"], one["row"]) for one in answer["rejected"]) == sorted(planted)
    assert all(set(one) == {"sheet", "row", "reason"} for one in answer["rejected"])
    assert counts(answer) == (600, 600 - len(planted), 0, 0, len(planted))
    assert (User.objects.count(), ImportRow.objects.count()) == (0, 0)


def test_six_hundred_people_are_written_quickly_and_twice_changes_nothing(
    home: Organisation,
) -> None:
    promised = run(SAMPLE)
    began = time.perf_counter()
    with CaptureQueriesContext(connection) as spent:
        assert run(SAMPLE, "--apply") == promised
    assert time.perf_counter() - began < 5
    assert len(spent) < 200
    again = run(SAMPLE, "--apply")
    assert counts(again) == (600, 0, 0, promised["created"], len(promised["rejected"]))
    assert Volunteer.objects.of_ngo(home.pk, TODAY).count() == promised["created"]
    assert list(differences(TODAY)) == []


def test_a_person_is_written_with_everything_and_without_clearance(
    home: Organisation, tmp_path: Path
) -> None:
    run(file_of(tmp_path, line(1, **{"E-mail": "ANNA@Example.org"})), "--apply")
    who = Volunteer.objects.select_related("person").get()
    user = who.person
    assert (user.email, user.family_name, user.patronymic) == (
        "anna@example.org",
        "Иванова-1",
        "Олеговна",
    )
    assert not user.has_usable_password()
    assert (who.born_on, who.phone) == (date(1990, 5, 17), "+79001112233")
    assert (who.languages, who.experience) == (["русский", "жестовый"], "да")
    membership = Membership.objects.get()
    assert (membership.organisation, membership.role) == (home, Role.VOLUNTEER)
    assert cleared_tier([who.pk], None, TODAY) == {who.pk: "V0"}


def test_only_empty_fields_are_filled(home: Organisation, tmp_path: Path) -> None:
    who = volunteer(home, born=date(1980, 1, 1))
    who.phone = ""
    who.experience = "своё"
    who.save()
    answer = run(file_of(tmp_path, line(1, **{"E-mail": who.person.email})), "--apply")
    who.refresh_from_db()
    who.person.refresh_from_db()
    assert counts(answer) == (1, 0, 1, 0, 0)
    assert (who.phone, who.experience, who.born_on) == ("+79001112233", "своё", date(1980, 1, 1))
    assert who.person.given_name == "Анна"
    assert who.person.family_name.startswith("Тестова")


def test_somebody_known_elsewhere_counts_as_new_in_the_same_words(
    home: Organisation, tmp_path: Path
) -> None:
    other = organisation("Шаг", OTHER)
    known = volunteer(other, born=date(1980, 1, 1))
    new = file_of(tmp_path, line(1))
    file = file_of(tmp_path, line(1, **{"E-mail": known.person.email}), name="people.csv")
    said = run(file)
    new.write_text(file.read_text("utf-8").replace(known.person.email, "new@example.org"), "utf-8")
    assert run(new) == said
    assert counts(said) == (1, 1, 0, 0, 0)
    file = file_of(tmp_path, line(1, **{"E-mail": known.person.email}))
    assert run(file, "--apply") == said
    known.person.refresh_from_db()
    assert known.person.family_name.startswith("Тестова")
    organisations = known.person.memberships.values_list("organisation", flat=True)
    assert set(organisations) == {home.pk, other.pk}
    assert counts(run(file, "--apply")) == (1, 0, 0, 1, 0)


def test_an_employee_may_become_a_volunteer(home: Organisation, tmp_path: Path) -> None:
    director = member(institution().organisation, Role.DIRECTOR)
    answer = run(file_of(tmp_path, line(1, **{"E-mail": director.email})), "--apply")
    assert counts(answer) == (1, 1, 0, 0, 0)
    assert set(director.memberships.values_list("role", flat=True)) == {"director", "volunteer"}


def test_whoever_left_comes_back(home: Organisation, tmp_path: Path) -> None:
    who = volunteer(home)
    end(who.person.memberships.get(), on=date(2026, 1, 1))
    answer = run(file_of(tmp_path, line(1, **{"E-mail": who.person.email})), "--apply")
    assert counts(answer) == (1, 1, 0, 0, 0)
    assert Volunteer.objects.of_ngo(home.pk, TODAY).count() == 1


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"Дата рождения": "09.07.2012"}, "До 14 лет стать добровольцем нельзя."),
        ({"Дата рождения": "31.02.1994"}, "«31.02.1994» — не дата."),
        ({"E-mail": "нет"}, "«нет» — не адрес электронной почты."),
        ({"E-mail": "анна@пример.рф"}, "«анна@пример.рф» — не адрес электронной почты."),
        ({"E-mail": "Ꭰ@example.org"}, "не адрес электронной почты."),
        ({"E-mail": "a" * 250 + "@example.org"}, "не адрес электронной почты."),
        ({"Фамилия": "Я" * 101}, "Имя или телефон длиннее 100 знаков."),
        ({"Телефон": "1" * 101}, "Имя или телефон длиннее 100 знаков."),
        ({"Фамилия": ""}, "Не указано"),
    ],
)
def test_a_bad_row_is_turned_away_with_its_reason(
    home: Organisation, tmp_path: Path, changed: dict[str, str], reason: str
) -> None:
    answer = run(file_of(tmp_path, line(1), line(2, **changed)), "--apply")
    assert counts(answer) == (2, 1, 0, 0, 1)
    (rejected,) = answer["rejected"]
    assert (rejected["sheet"], rejected["row"]) == ("people.csv", 2)
    assert reason in rejected["reason"]


def test_fourteen_is_old_enough_for_the_list_but_not_for_contact(
    home: Organisation, tmp_path: Path
) -> None:
    run(file_of(tmp_path, line(1, **{"Дата рождения": "08.07.2012"})), "--apply")
    assert Volunteer.objects.get().age_on(TODAY) == 14


@pytest.mark.parametrize(
    ("of", "content"),
    [
        ("1157799090099", None),
        ("\0", None),
        ("", None),
        (OGRN, b"PK broken"),
        (OGRN, b"a;b\n1;2\n"),
        (OGRN, "Полное наименование;ОГРН\n".encode()),
    ],
)
def test_what_cannot_be_imported_ends_with_two(
    home: Organisation, tmp_path: Path, of: str, content: bytes | None
) -> None:
    path = file_of(tmp_path, line(1))
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(CommandError) as refused:
        run(path, "--apply", of=of)
    assert refused.value.returncode == 2
    assert (User.objects.count(), ImportBatch.objects.count()) == (0, 0)


def test_a_missing_file_ends_with_two_and_says_so_in_json(home: Organisation) -> None:
    out = StringIO()
    with pytest.raises(CommandError) as refused:
        call_command("import_volunteers", "no.csv", "--ngo", OGRN, "--json", stdout=out)
    assert refused.value.returncode == 2
    assert set(json.loads(out.getvalue())) == {"error"}


def test_without_json_it_answers_in_words(home: Organisation, tmp_path: Path) -> None:
    out = StringIO()
    path = file_of(tmp_path, line(1), line(2, **{"E-mail": "нет"}))
    call_command("import_volunteers", str(path), "--ngo", OGRN, stdout=out)
    assert out.getvalue().splitlines()[0] == (
        "Строк: 2. Новых: 1, с изменениями: 0, без изменений: 0, не принято: 1."
    )
