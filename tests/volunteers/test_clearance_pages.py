"""A volunteer's own page: one next step, what is done, and what they declare themselves."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.html import strip_tags

from accounts.models import Organisation
from face.typography import NO_BREAK
from tests.accounts.sessions import signed_in
from tests.factories import department, institution, member
from tests.volunteers.making import clear, give, volunteer
from volunteers.models import Outcome, Volunteer
from volunteers.queries.checklist import clearances_of
from volunteers.queries.home import next_step
from volunteers.validity import last_day

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]
TODAY = date(2026, 7, 8)


def page(client: Client, address: str = "/clearance/", language: str = "ru") -> str:
    answer = client.get(address, headers={"accept-language": language})
    assert answer.status_code == 200, (address, answer.status_code)
    return " ".join(strip_tags(answer.content.decode()).replace(NO_BREAK, " ").split())


def statuses(who: Volunteer) -> dict[str, str]:
    return {one.requirement.code: one.status for one in clearances_of(who, TODAY)}


def test_a_newcomer_begins_with_the_passport(anna: Volunteer) -> None:
    told = page(signed_in(anna.person))
    assert "Следующий шаг: Паспорт" in told
    assert "Готово: 0 из 15." in told
    assert "Покажите паспорт координатору своей организации." in told


def test_the_list_says_whose_move_each_step_is(anna: Volunteer) -> None:
    clear(anna, "V1")
    give(anna, "fluorography", on=date(2025, 7, 20))
    found = statuses(anna)
    assert found == {
        "identity": "done",
        "consent": "done",
        "conduct": "done",
        "induction": "waiting",
        "record": "yours",
        "fluorography": "ending",
        "medical": "yours",
        "test": "yours",
        "references": "yours",
        "interview": "later",
        "risk": "waiting",
        "training": "later",
        "psychologist": "later",
        "experience": "later",
        "trust": "later",
    }


def test_a_minor_sees_only_the_first_tier_and_the_parents_consent(home: Organisation) -> None:
    young = volunteer(home, born=date(2010, 1, 1))
    assert list(statuses(young)) == ["identity", "consent", "conduct", "parent", "induction"]


def test_inductions_are_named_with_their_institutions(anna: Volunteer) -> None:
    house = institution("Липовая аллея")
    clear(anna, "V1", institution=house)
    assert "Липовая аллея: по 7 июля 2027." in page(signed_in(anna.person))


@pytest.mark.parametrize("code", ["consent", "conduct"])
@pytest.mark.parametrize("language", ["ru", "en"])
def test_whoever_agrees_has_it_recorded(anna: Volunteer, code: str, language: str) -> None:
    client = signed_in(anna.person)
    address = f"/clearance/{code}/"
    answer = client.get(address, headers={"accept-language": language})
    (key,) = re.findall(r'name="key" value="(\w+)"', answer.content.decode())
    assert client.post(address, {"key": key}).status_code == 200
    assert Outcome.objects.count() == 0
    for _ in range(2):
        answer = client.post(address, {"key": key, "agree": "on"})
        assert answer.headers["Location"] == "/clearance/"
    made = Outcome.objects.select_related("case", "requirement").get()
    assert (made.requirement.code, made.counts, made.checker) == (code, True, None)
    assert made.valid_through == last_day(TODAY, made.requirement.months)


@pytest.mark.parametrize("code", ["identity", "record", "nothing"])
def test_nothing_else_is_agreed_to_by_oneself(anna: Volunteer, code: str) -> None:
    client = signed_in(anna.person)
    address = f"/clearance/{code}/"
    assert client.get(address).status_code == 404
    assert client.post(address, {"key": "k", "agree": "on"}).status_code == 404


def test_who_is_no_volunteer_has_no_such_page(home: Organisation) -> None:
    assert signed_in(member(home, "coordinator")).get("/clearance/").status_code == 404


def test_the_page_costs_the_same_however_much_was_recorded(anna: Volunteer) -> None:
    client, spent = signed_in(anna.person), []
    clear(anna, "V1")
    for _ in range(2):
        with CaptureQueriesContext(connection) as captured:
            client.get("/clearance/")
        spent.append(len(captured))
        clear(anna, "V2", institution=institution())
    assert spent[0] == spent[1] <= 10


def test_the_home_page_is_told_one_next_step(anna: Volunteer) -> None:
    first = next_step(anna.person, TODAY)
    clear(anna, "V3", without=["experience"])
    assert first is not None
    assert (first.text, first.url) == ("Паспорт", "/clearance/#identity")
    assert next_step(anna.person, TODAY) is None
    assert next_step(department_member(), TODAY) is None


def department_member():  # type: ignore[no-untyped-def]
    return member(department(), "chief")
