"""The pages on which somebody is suspended or barred: what is touched is shown before."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from accounts.models import Organisation
from accounts.roles import Role
from casework.models import Case
from tests.accounts.sessions import signed_in
from tests.factories import department, member, ngo
from tests.visits import receiving
from tests.volunteers import barring as make
from tests.volunteers.making import TODAY, clear, shown, volunteer
from tests.volunteers.pages import words
from visits.models import Visit
from volunteers.models import Bar, PersonSuspension, Volunteer

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def noon(at_noon: None) -> None:
    """On the day of these tests."""


def hidden(page: Any, **typed: str) -> dict[str, str]:
    """The form as it came back, with what was typed."""
    names = re.findall(
        r'<input type="hidden" name="(\w+)"(?: value="([^"]*)")?', page.content.decode()
    )
    return {**dict(names), **typed}


def html(browser: Client, where: str) -> str:
    return browser.get(where).content.decode()


def test_a_coordinator_suspends_after_seeing_which_visits_are_touched() -> None:
    cast = receiving.house()
    maria, vera = receiving.helper(cast), receiving.helper(cast, "Вера")
    alone = receiving.booked(cast, maria)
    both = receiving.booked(cast, maria, vera, hour=16)
    browser = receiving.signed_in(cast.coordinator)
    days = {"from_on": "2026-07-09", "through_on": "2026-07-09"}
    where = browser.post(f"/people/{maria.pk}/suspend/", days)["Location"]
    why = {"ground": "inquiry", "reason": "Разбираемся."}
    page = browser.post(where, hidden(browser.get(where), **why))
    assert "What will be touched: 2" in words(page)
    assert "did not work" not in words(page)
    assert not Case.objects.filter(kind="person_suspension", state="in_force").exists()
    answer = browser.post(where, hidden(page, **why))
    assert answer.status_code == 302
    assert receiving.again(alone).case.state == "cancelled"
    assert receiving.again(both).case.state == "approved"
    coming = Visit.objects.get(pk=both.pk).participations.filter(coming=True)
    assert list(coming.values_list("volunteer", flat=True)) == [vera.pk]


def test_visits_outside_the_days_stay() -> None:
    cast = receiving.house()
    maria = receiving.helper(cast)
    visit = receiving.booked(cast, maria)
    by = make.coordinator_of(cast.ngo.organisation)
    make.suspended(maria, by, TODAY + timedelta(days=2), at=receiving.NOON)
    assert receiving.again(visit).case.state == "approved"


@pytest.mark.parametrize(
    "days",
    [
        {"from_on": "2026-07-07"},
        {"from_on": "2026-07-09", "through_on": "2026-07-08"},
        {"from_on": "завтра"},
        {"from_on": ""},
        {"from_on": "9999-12-31", "through_on": "\x00"},
    ],
)
def test_days_that_make_no_sense_are_said_beside_the_field(
    anna: Volunteer, coordinator: Client, days: dict[str, str]
) -> None:
    page = coordinator.post(f"/people/{anna.pk}/suspend/", days)
    assert page.status_code == 200
    assert page.context["form"].errors
    assert not PersonSuspension.objects.exists()


def test_nobody_suspends_a_stranger_or_themselves(
    home: Organisation, coordinator: Client, checker: Client
) -> None:
    stranger = volunteer(ngo().organisation)
    lead = member(home, Role.COORDINATOR)
    own = Volunteer.objects.create(person=lead)
    assert coordinator.get(f"/people/{stranger.pk}/suspend/").status_code == 404
    assert signed_in(lead).get(f"/people/{own.pk}/suspend/").status_code == 404
    assert checker.get(f"/people/{stranger.pk}/suspend/").status_code == 200


def test_a_director_asks_and_the_department_decides(checker: Client) -> None:
    cast = receiving.house()
    maria = receiving.helper(cast)
    director = receiving.signed_in(cast.director)
    assert f"/people/{maria.pk}/bar/" in html(director, f"/people/{maria.pk}/record/")
    where = director.post(f"/people/{maria.pk}/bar/")["Location"]
    assert where.endswith("/report/")
    director.post(where, hidden(director.get(where), reason="Кричала на детей."))
    bar = Bar.objects.get(volunteer=maria.pk)
    assert bar.case.state == "reported"
    queue = words(checker.get("/bars/"))
    assert shown(maria.person).split()[0] in queue
    where = f"/cases/{bar.case.ref}/propose/"
    typed = {"ground": "conduct", "reason": "Кричала на детей."}
    assert checker.post(where, hidden(checker.get(where), **typed)).status_code == 302
    assert "You began it" in words(checker.get("/bars/", headers={"accept-language": "en"}))
    second = signed_in(member(department(), Role.CHECKER), "mfa")
    where = f"/cases/{bar.case.ref}/confirm/"
    assert second.post(where, hidden(second.get(where))).status_code == 302
    assert make.again(bar).case.state == "in_force"


def test_a_coordinator_does_not_ask_for_a_bar(anna: Volunteer, coordinator: Client) -> None:
    assert coordinator.get(f"/people/{anna.pk}/bar/").status_code in {403, 404}


def test_an_ngo_sees_its_own_suspension_and_no_other_ground(
    anna: Volunteer, home: Organisation, coordinator: Client, checker: Client
) -> None:
    clear(anna, "V1")
    by = make.coordinator_of(home)
    mine = make.suspended(anna, by, TODAY)
    theirs = make.suspended(anna, make.a_checker(), TODAY)
    page = html(coordinator, f"/people/{anna.pk}/")
    assert mine.case.ref in page
    assert theirs.case.ref not in page
    assert "Сейчас допуска нет" in page
    both = html(checker, f"/people/{anna.pk}/")
    assert mine.case.ref in both
    assert theirs.case.ref in both


def test_the_person_reads_their_suspension_and_that_they_are_not_cleared(
    anna: Volunteer, home: Organisation
) -> None:
    held = make.suspended(anna, make.coordinator_of(home), TODAY)
    browser = signed_in(anna.person)
    assert "Сейчас допуска у вас нет" in words(browser.get("/clearance/"))
    assert browser.get(f"/cases/{held.case.ref}/").status_code == 200
    with time_machine.travel(make.NOON, tick=False):
        assert (
            browser.post(f"/cases/{held.case.ref}/lift/", {"key": "k", "reason": "Я"}).status_code
            == 200
        )
    assert make.again(held).case.state == "in_force"
