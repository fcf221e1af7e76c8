"""The pages of what is asked: read by everybody, changed by one registrar, approved by another."""

from typing import Any

import pytest
from django.test import Client

from accounts.roles import Role
from tests.accounts.sessions import signed_in
from tests.factories import department, member
from tests.volunteers import demanding
from tests.volunteers.demanding import FIRST_AID, MARCH, proposed
from tests.volunteers.making import TODAY
from volunteers.models import Requirement, RequirementChange

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]
NEW = "/requirements/new/"
TYPED: dict[str, Any] = {
    "key": "one",
    **{name: text for name, text in vars(FIRST_AID).items() if isinstance(text, str)},
    "months": "36",
    "tier": "V2",
    "from_on": MARCH.isoformat(),
    "act_number": "41",
    "act_on": TODAY.isoformat(),
    "why": "Решение рабочей группы",
}


def words(answer: Any) -> str:
    """What a page says, blanks evened out."""
    return " ".join(answer.content.decode().split())


@pytest.fixture
def registrar() -> Client:
    return signed_in(member(department(), Role.REGISTRAR), "mfa")


def test_anybody_reads_what_is_asked_and_why(client: Client) -> None:
    html = words(client.get("/requirements/"))
    assert all(one.name_ru in html for one in Requirement.objects.all())
    assert "/change/" not in html


def test_the_list_of_a_day_to_come_shows_what_will_be_asked(client: Client) -> None:
    demanding.approve(proposed(FIRST_AID, "V2"))
    assert FIRST_AID.name_ru not in words(client.get("/requirements/"))
    later = words(client.get("/requirements/", {"on": MARCH.isoformat()}))
    assert FIRST_AID.name_ru in later


@pytest.mark.parametrize("on", ["nonsense", "0001-01-01", "9999-12-31", "2026-02-30\x00"])
def test_a_day_that_makes_no_sense_shows_today(client: Client, on: str) -> None:
    answer = client.get("/requirements/", {"on": on})
    assert answer.status_code == 200
    assert "Паспорт" in answer.content.decode()


def test_one_proposes_something_new_and_another_approves_it(registrar: Client) -> None:
    answer = registrar.post(NEW, TYPED)
    change = RequirementChange.objects.get()
    page = f"/requirements/changes/{change.case.ref}/"
    assert answer["Location"] == page
    assert "Утвердить изменение" not in words(registrar.get(page))
    other = signed_in(member(department(), Role.REGISTRAR), "mfa")
    shown = other.get(page)
    assert "Утвердить изменение" in words(shown)
    sent = {name: field.value() for name, field in _hidden(shown)}
    other.post(f"/cases/{change.case.ref}/approve/", sent)
    assert demanding.again(change).case.state == "approved"


def _hidden(answer: Any) -> list[tuple[str, Any]]:
    return [(one.html_name, one) for one in answer.context["form"].hidden_fields()]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("name_ru", ""),
        ("months", "0"),
        ("months", "many"),
        ("tier", "V4"),
        ("from_on", TODAY.isoformat()),
        ("act_on", "2027-01-01"),
        ("checked_by", "self"),
        ("why", "\x00"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_nothing_typed_is_lost(
    registrar: Client, name: str, value: str
) -> None:
    answer = registrar.post(NEW, TYPED | {name: value})
    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == [name]
    assert FIRST_AID.how_ru in answer.content.decode()
    assert RequirementChange.objects.count() == 0


def test_two_people_check_only_what_the_department_checks(registrar: Client) -> None:
    answer = registrar.post(NEW, TYPED | {"two_people": "on"})
    assert list(answer.context["form"].errors) == ["two_people"]


def test_the_same_form_sent_twice_is_one_proposal(registrar: Client) -> None:
    places = {registrar.post(NEW, TYPED)["Location"] for _ in range(2)}
    assert len(places) == 1
    assert RequirementChange.objects.count() == 1


def test_what_is_asked_no_longer_is_proposed_from_its_own_page(registrar: Client) -> None:
    shown = words(registrar.get("/requirements/risk/change/"))
    assert "общение под наблюдением" in shown
    answer = registrar.post("/requirements/risk/change/", TYPED | {"tier": "none"})
    change = RequirementChange.objects.get()
    assert answer["Location"] == f"/requirements/changes/{change.case.ref}/"
    assert (change.requirement.code, change.tier) == ("risk", "")
    assert "никто не выпадет" in words(registrar.get(answer["Location"]))
