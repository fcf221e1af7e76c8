"""Recording a check: who records what, what is looked at first, what is refused."""

import re
from datetime import date, timedelta

import pytest
from django.test import Client

from accounts.memberships import grant
from accounts.models import Organisation
from accounts.roles import Role
from institutions.flows import AgreementFlow
from institutions.services.agreements import offer_agreement
from registry.models import Institution, Ngo, Type
from tests.accounts.sessions import signed_in
from tests.factories import institution, member
from tests.volunteers.making import (
    NOON,
    key,
    somebody,
    volunteer,
)
from tests.volunteers.pages import fill, words
from volunteers.models import Outcome, Volunteer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]


def test_a_coordinator_looks_before_recording_and_then_records(
    anna: Volunteer, coordinator: Client
) -> None:
    address = f"/people/{anna.pk}/record/"
    typed = {"requirement": "fluorography", "passed": "yes", "on": "2026-07-01"}
    (form_key,) = re.findall(r'name="key" value="(\w+)"', coordinator.get(address).content.decode())
    looked = coordinator.post(address, {"key": form_key, **typed})
    assert "Будет действовать по 30 июня 2027." in words(looked)
    assert Outcome.objects.count() == 0
    assert fill(coordinator, address, **typed).headers["Location"] == f"/people/{anna.pk}/"
    made = Outcome.objects.get()
    assert (made.on, made.valid_through) == (date(2026, 7, 1), date(2027, 6, 30))


def test_what_was_changed_after_looking_is_looked_at_again(
    anna: Volunteer, coordinator: Client
) -> None:
    address = f"/people/{anna.pk}/record/"
    typed = {"key": "k", "requirement": "medical", "passed": "yes", "on": "2026-07-01"}
    looked = coordinator.post(address, typed)
    (sure,) = re.findall(r'name="sure" value="(\w+)"', looked.content.decode())
    again = coordinator.post(address, {**typed, "on": "2026-07-02", "sure": sure})
    assert "по 1 июля 2027" in words(again)
    assert Outcome.objects.count() == 0


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"on": "2026-07-09"}, "Эта дата ещё не наступила."),
        ({"on": "2025-07-08"}, "этот срок уже истёк"),
        ({"on": "0001-01-01"}, "Это слишком давно."),
        ({"on": "99999-01-01"}, "Введите правильную дату."),
        ({"on": "x"}, "Введите правильную дату."),
        ({"number": "\0"}, "Данные содержат запрещённый символ"),
        ({"requirement": "record"}, "Выберите корректный вариант"),
        ({"requirement": "parent"}, "Выберите корректный вариант"),
        ({"passed": "maybe"}, "Выберите корректный вариант"),
    ],
)
def test_what_cannot_be_is_said_beside_the_field(
    anna: Volunteer, coordinator: Client, typed: dict[str, str], said: str
) -> None:
    good = {"requirement": "medical", "passed": "yes", "on": "2026-07-01"}
    answer = fill(coordinator, f"/people/{anna.pk}/record/", **(good | typed))
    assert said in words(answer)
    assert Outcome.objects.count() == 0


def test_a_certificate_needs_its_number(anna: Volunteer, checker: Client) -> None:
    address = f"/people/{anna.pk}/record/"
    typed = {"requirement": "record", "passed": "yes", "on": "2026-07-01"}
    assert "Впишите номер справки." in words(fill(checker, address, **typed))
    answer = fill(checker, address, **typed, number="77-4417")
    assert answer.headers["Location"] == f"/people/{anna.pk}/"
    assert Outcome.objects.get().case.state == "waiting_second"


def recordable(client: Client, who: Volunteer) -> list[str]:
    answer = client.get(f"/people/{who.pk}/record/")
    assert answer.status_code == 200
    return [one.code for one in answer.context["asked"]]


def partner(house: Institution, home: Organisation) -> None:
    """The head of the NGO offers an agreement, the director signs it."""
    began = NOON - timedelta(days=30)
    deal = offer_agreement(
        institution=house,
        ngo=Ngo.objects.get(pk=home.pk),
        types=[Type.objects.get(code="T01").pk],
        from_on=began.date(),
        through_on=began.date() + timedelta(days=364),
        by=somebody(home, Role.HEAD),
        at=began,
        key=key(),
    )
    AgreementFlow.sign(deal, by=somebody(house.organisation, Role.DIRECTOR), at=began, key=key())


def test_each_role_records_what_is_its_own(
    home: Organisation, anna: Volunteer, coordinator: Client, checker: Client
) -> None:
    house = institution("Липовая аллея")
    partner(house, home)
    desk = signed_in(member(house.organisation, Role.DESK))
    director = signed_in(member(house.organisation, Role.DIRECTOR), "mfa")
    young = volunteer(home, born=date(2010, 1, 1))
    assert recordable(desk, anna) == ["induction"]
    assert recordable(director, anna) == ["induction", "trust"]
    assert recordable(checker, anna) == ["record"]
    assert recordable(coordinator, anna) == [
        "identity",
        "fluorography",
        "medical",
        "references",
        "interview",
        "risk",
        "training",
        "psychologist",
    ]
    assert recordable(coordinator, young) == ["identity", "parent"]
    assert recordable(checker, young) == []


def test_a_partner_institution_records_its_induction(home: Organisation, anna: Volunteer) -> None:
    house = institution("Липовая аллея")
    partner(house, home)
    desk = signed_in(member(house.organisation, Role.DESK))
    address = f"/people/{anna.pk}/record/"
    answer = fill(desk, address, requirement="induction", passed="yes", on="2026-07-08")
    assert answer.headers["Location"] == address
    assert Outcome.objects.get().institution == house
    assert desk.get(f"/people/{anna.pk}/").status_code == 404


def test_nobody_records_anything_of_themselves(home: Organisation, anna: Volunteer) -> None:
    grant(anna.person, home, Role.COORDINATOR, on=date(2024, 1, 1), by=None)
    client = signed_in(anna.person)
    session = client.session
    session["hat"] = anna.person.memberships.get(role=Role.COORDINATOR).pk
    session.save()
    assert recordable(client, anna) == []
