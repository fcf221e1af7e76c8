"""More time for the knowledge test: a coordinator's yes or no, without a reason."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from accounts.models import Organisation
from accounts.roles import Role
from casework.models import Entry
from tests.accounts.sessions import signed_in
from tests.factories import department, member, ngo
from tests.volunteers.knowledge import MINUTE, NOON, page
from tests.volunteers.making import volunteer
from volunteers.models import MoreTime, Volunteer
from volunteers.services import more_time
from volunteers.services import test as services

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]


@pytest.fixture
def where(anna: Volunteer) -> str:
    return f"/people/{anna.pk}/"


def minutes(anna: Volunteer) -> timedelta:
    attempt = services.start(anna.person, "V2", NOON)
    return attempt.deadline_at - attempt.started_at


def test_a_coordinator_gives_more_time_and_the_deadline_follows(
    coordinator: Client, anna: Volunteer, where: str
) -> None:
    assert "40 minutes. Whoever needs it takes the test in 60" in page(coordinator, where)
    assert coordinator.post(f"{where}more-time/", {"more": "yes"})["location"] == where
    assert "60 minutes instead of 40." in page(coordinator, where)
    assert minutes(anna) == 60 * MINUTE


def test_the_person_is_told_their_own_time(coordinator: Client, anna: Volunteer) -> None:
    coordinator.post(f"/people/{anna.pk}/more-time/", {"more": "yes"})
    browser = signed_in(anna.person)
    assert "Start when you have 60 minutes" in page(browser, "/test/")


def test_a_try_under_way_gets_the_time_too(anna: Volunteer) -> None:
    attempt = services.start(anna.person, "V2", NOON)
    more_time.give(anna.person, by=member(department(), Role.CHECKER), at=NOON + 39 * MINUTE)
    attempt.refresh_from_db()
    assert attempt.deadline_at == NOON + 60 * MINUTE
    assert services.answer(attempt, 1, [0], NOON + 59 * MINUTE)


def test_a_try_whose_time_is_over_gets_none(anna: Volunteer) -> None:
    attempt = services.start(anna.person, "V2", NOON)
    more_time.give(anna.person, by=member(department(), Role.CHECKER), at=NOON + 41 * MINUTE)
    attempt.refresh_from_db()
    assert attempt.deadline_at == NOON + 40 * MINUTE


def test_it_is_taken_back_for_the_next_try(
    coordinator: Client, anna: Volunteer, where: str
) -> None:
    for more in ("yes", "yes", "no", "no"):
        assert coordinator.post(f"{where}more-time/", {"more": more}).status_code == 302
    row = MoreTime.objects.get()
    assert (row.person, row.given_at, row.ended_at, row.ended_by) == (
        anna.person,
        NOON,
        NOON,
        row.given_by,
    )
    assert minutes(anna) == 40 * MINUTE
    actions = Entry.objects.filter(subject=f"person:{anna.pk}").order_by("pk")
    assert list(actions.values_list("action", flat=True)) == [
        "test.more_time_given",
        "test.more_time_ended",
    ]


def test_there_is_no_place_for_a_reason() -> None:
    names = {field.name for field in MoreTime._meta.get_fields()}
    assert names == {"id", "person", "given_by", "given_at", "ended_by", "ended_at"}


def test_nobody_gives_it_to_themselves(home: Organisation) -> None:
    own = volunteer(home)
    head = member(home, Role.HEAD, who=own.person)
    answer = signed_in(head, "mfa").post(f"/people/{own.pk}/more-time/", {"more": "yes"})
    assert answer.status_code in (403, 404)
    with pytest.raises(IntegrityError, match="more_time_given_by_another"), transaction.atomic():
        more_time.give(own.person, by=own.person, at=NOON)
    assert not MoreTime.objects.exists()


def test_others_neither_give_nor_see_it(anna: Volunteer, checker: Client, where: str) -> None:
    elsewhere = signed_in(member(ngo().organisation, Role.COORDINATOR))
    for browser in (elsewhere, checker, signed_in(anna.person)):
        assert browser.post(f"{where}more-time/", {"more": "yes"}).status_code in (403, 404)
    assert "Time for the knowledge test" not in page(checker, where)
    assert not MoreTime.objects.exists()


def test_it_is_only_ever_sent(coordinator: Client, where: str) -> None:
    assert coordinator.get(f"{where}more-time/").status_code == 405
