"""An NGO's people and one person: who sees whom, filters, pages, the table."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.memberships import end, grant
from accounts.models import Organisation, User
from accounts.roles import Role
from tests.accounts.sessions import signed_in
from tests.factories import institution, member, ngo
from tests.volunteers.making import (
    TODAY,
    clear,
    give,
    shown,
    volunteer,
)
from tests.volunteers.pages import words
from volunteers.models import Volunteer
from volunteers.queries.home import coordinator_facts

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]


def names(client: Client, **asked: Any) -> set[str]:
    answer = client.get("/people/", asked)
    assert answer.status_code == 200
    return {shown(row.volunteer.person) for row in answer.context["rows"]}


def test_a_coordinator_sees_the_ngos_own_people_only(
    home: Organisation, anna: Volunteer, coordinator: Client
) -> None:
    stranger = volunteer(ngo("Шаг").organisation)
    gone = volunteer(home)
    end(gone.person.memberships.get(), on=TODAY)
    assert names(coordinator) == {shown(anna.person)}
    assert [
        coordinator.get(f"/people/{one.pk}/").status_code for one in (anna, stranger, gone)
    ] == [
        200,
        404,
        404,
    ]
    assert coordinator.get(f"/people/{stranger.pk}/record/").status_code == 404
    assert "1 волонтёр" in words(coordinator.get("/people/"))


def test_people_are_found_by_name_whatever_the_letters(
    home: Organisation, coordinator: Client
) -> None:
    who = volunteer(home)
    User.objects.filter(pk=who.pk).update(family_name="Артёмов", given_name="Пётр")
    volunteer(home)
    for text in ("артемов", "Артём", "петр", "пёт арт", who.person.email.upper()):
        assert names(coordinator, q=text) == {"Артёмов Пётр"}, text
    assert names(coordinator, q="никого") == set()


def test_people_are_filtered_by_clearance_lack_and_end(
    home: Organisation, coordinator: Client
) -> None:
    new, first, second = (volunteer(home) for _ in range(3))
    clear(first, "V1")
    clear(second, "V2")
    give(first, "fluorography", on=date(2025, 7, 20))
    for asked, found in (
        ({"tier": "none"}, {new}),
        ({"tier": "V1"}, {first, second}),
        ({"tier": "V2"}, {second}),
        ({"tier": "V3"}, set()),
        ({"lacks": "conduct"}, {new}),
        ({"lacks": "training"}, {new, first, second}),
        ({"days": "7"}, set()),
        ({"days": "14"}, {first}),
        ({"tier": "V1", "lacks": "medical"}, {first}),
    ):
        assert names(coordinator, **asked) == {shown(one.person) for one in found}, asked


def test_what_was_renewed_does_not_end_soon(anna: Volunteer, coordinator: Client) -> None:
    give(anna, "fluorography", on=date(2025, 7, 20))
    give(anna, "fluorography", on=TODAY)
    assert names(coordinator, days="60") == set()


def test_pages_follow_each_other_without_loss_in_the_order_of_names(
    home: Organisation, coordinator: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("volunteers.queries.people.page.__kwdefaults__", {"size": 2})
    for family in ("Ёлкин", "Егоров", "Жуков", "Елисеев", "Егоров"):
        who = volunteer(home)
        User.objects.filter(pk=who.pk).update(family_name=family, given_name="А")
    seen, after = [], ""
    while True:
        answer = coordinator.get("/people/", {"after": after} if after else {})
        seen += [row.volunteer.person.family_name for row in answer.context["rows"]]
        after = answer.context["page"].after
        if not after:
            break
    assert seen == ["Егоров", "Егоров", "Елисеев", "Ёлкин", "Жуков"]


@pytest.mark.parametrize("asked", [{"q": "\0"}, {"tier": "V9"}, {"days": "x"}, {"lacks": "?"}])
def test_strange_questions_are_answered(coordinator: Client, asked: dict[str, str]) -> None:
    assert coordinator.get("/people/", asked).status_code == 200
    assert coordinator.get("/people/export.csv", asked).status_code == 404


@pytest.mark.parametrize(
    "address", [f"/people/{10**30}/", f"/people/{10**30}/record/", "/people/0/", "/vetting/x/"]
)
def test_what_does_not_exist_is_not_found(
    coordinator: Client, checker: Client, address: str
) -> None:
    assert coordinator.get(address).status_code == 404
    assert checker.get(address).status_code == 404


def test_the_list_is_a_table_in_which_nothing_runs(home: Organisation, coordinator: Client) -> None:
    who = volunteer(home)
    User.objects.filter(pk=who.pk).update(family_name="=1+1")
    Volunteer.objects.filter(pk=who.pk).update(phone="+79001112233")
    text = coordinator.get("/people/export.csv").content.decode("utf-8-sig")
    head, line = text.strip().split("\r\n")
    assert head.startswith("Фамилия;Имя;Отчество;Почта;Телефон;Дата рождения;Допуск")
    assert line.startswith("'=1+1;Анна;;")
    assert ";'+79001112233;17.05.1990;" in line


def test_the_list_costs_the_same_for_few_and_many(
    home: Organisation, anna: Volunteer, coordinator: Client
) -> None:
    clear(anna, "V1")
    spent = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as captured:
            coordinator.get("/people/")
        spent.append(len(captured))
        for _ in range(30):
            volunteer(home)
    assert spent[0] == spent[1] <= 8


def test_the_page_of_a_person_says_how_they_stand_and_never_the_number(
    anna: Volunteer, coordinator: Client, checker: Client
) -> None:
    clear(anna, "V2")
    for client in (coordinator, checker):
        told = words(client.get(f"/people/{anna.pk}/"))
        assert "Допуск Общение под наблюдением Действует по 7 июля 2027." in told
        assert "4417" not in told


def test_a_volunteer_sees_their_own_page_and_nobody_elses(
    home: Organisation, anna: Volunteer
) -> None:
    other = volunteer(home)
    client = signed_in(anna.person)
    assert client.get(f"/people/{anna.pk}/").headers["Location"] == "/clearance/"
    assert client.get(f"/people/{other.pk}/").status_code == 404
    assert client.get("/people/").status_code == 404


def test_where_else_somebody_volunteers_is_told_to_nobody(
    home: Organisation, anna: Volunteer
) -> None:
    house, other = institution("Тайный дом"), ngo("Шаг").organisation
    clear(anna, "V1", institution=house)
    give(anna, "interview")
    grant(anna.person, other, Role.VOLUNTEER, on=date(2024, 1, 1), by=None)
    told = words(signed_in(member(other, Role.COORDINATOR)).get(f"/people/{anna.pk}/"))
    assert home.short_name not in told
    assert "Тайный дом" not in told
    own = words(signed_in(member(home, Role.COORDINATOR)).get(f"/people/{anna.pk}/"))
    assert "Тайный дом" in own


def test_an_institution_sees_no_persons_page(anna: Volunteer) -> None:
    desk = signed_in(member(institution().organisation, Role.DESK))
    assert desk.get(f"/people/{anna.pk}/").status_code == 404
    assert desk.get(f"/people/{anna.pk}/record/").status_code == 404


def test_the_page_of_a_person_costs_the_same_however_much_was_recorded(
    anna: Volunteer, coordinator: Client
) -> None:
    spent = []
    clear(anna, "V1")
    for _ in range(2):
        with CaptureQueriesContext(connection) as captured:
            coordinator.get(f"/people/{anna.pk}/")
        spent.append(len(captured))
        clear(anna, "V2", institution=institution())
    assert spent[0] == spent[1] <= 10


def test_the_home_of_a_coordinator_counts_what_ends(home: Organisation, anna: Volunteer) -> None:
    give(anna, "fluorography", on=date(2025, 7, 12))
    give(anna, "medical", on=date(2025, 7, 30))
    facts = coordinator_facts(home, TODAY)
    assert [(one.number, one.late) for one in facts] == [
        (1, True),
        (1, False),
        (2, False),
        (0, False),
    ]
    assert facts[0].url == "/people/?days=7"
