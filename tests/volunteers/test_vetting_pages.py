"""The Department's checks: the second answers unseeing, the queue tells whose turn it is."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import Organisation
from accounts.roles import Role
from tests.accounts.sessions import signed_in
from tests.factories import acting, department, member, person
from tests.volunteers.making import (
    NOON,
    TODAY,
    clear,
    key,
    requirement,
    somebody,
    volunteer,
)
from tests.volunteers.pages import words
from volunteers.models import Outcome, Volunteer
from volunteers.services import outcomes

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]


def certificate(who: Volunteer, *, passed: bool = True, first: Any = None) -> Outcome:
    by = first or somebody(department(), Role.CHECKER)
    return outcomes.record(
        who,
        requirement("record"),
        by=by,
        at=NOON,
        key=key(),
        on=TODAY,
        passed=passed,
        number="77-4417",
    )


def test_the_second_checker_answers_without_seeing_the_first_outcome(
    anna: Volunteer, checker: Client
) -> None:
    pages = []
    made = [certificate(anna, passed=passed) for passed in (True, False)]
    for one in made:
        told = words(checker.get(f"/vetting/{one.case.ref}/"))
        pages.append(told.replace(one.case.ref, "REF").replace(str(one.checker), "FIRST"))
    assert "•••• 4417" in pages[0]
    assert "77-4417" not in pages[0]
    assert pages[0] == pages[1]


def test_confirming_on_the_page_takes_effect(anna: Volunteer, checker: Client) -> None:
    made = certificate(anna)
    answer = checker.post(f"/vetting/{made.case.ref}/", {"key": "k", "opinion": "passed"})
    assert answer.headers["Location"] == "/vetting/"
    made.refresh_from_db()
    assert made.counts
    assert checker.get(f"/vetting/{made.case.ref}/").status_code == 404


def test_the_first_checker_finds_no_form(anna: Volunteer) -> None:
    first = member(department(), Role.CHECKER)
    made = certificate(anna, first=acting(first, TODAY, Role.CHECKER))
    client = signed_in(first, "mfa")
    told = words(client.get(f"/vetting/{made.case.ref}/"))
    assert "Вы были первым" in told
    assert "4417" not in told
    refused = client.post(f"/vetting/{made.case.ref}/", {"key": "k", "opinion": "passed"})
    assert refused.status_code == 200
    made.refresh_from_db()
    assert not made.counts


def test_the_queue_shows_what_waits_and_whose_certificate_is_to_be_seen(
    home: Organisation, anna: Volunteer, checker: Client
) -> None:
    ready, young = volunteer(home), volunteer(home, born=date(2010, 1, 1))
    for who in (anna, ready, young):
        clear(who, "V1")
    made = certificate(anna)
    answer = checker.get("/vetting/")
    assert [one.outcome.pk for one in answer.context["waiting"]] == [made.pk]
    assert [one.pk for one in answer.context["page"].rows] == [ready.pk]
    told = words(answer)
    assert "1 проверка ждёт второго проверяющего" in told
    assert "4417" not in told


def test_the_queue_costs_the_same_for_few_and_many(
    home: Organisation, anna: Volunteer, checker: Client
) -> None:
    spent = []
    clear(anna, "V1")
    certificate(anna)
    for _ in range(2):
        with CaptureQueriesContext(connection) as captured:
            checker.get("/vetting/")
        spent.append(len(captured))
        for _ in range(3):
            who = volunteer(home)
            clear(who, "V1")
            certificate(who)
    assert spent[0] == spent[1] <= 8


def test_only_a_checker_opens_the_queue(home: Organisation) -> None:
    chief = signed_in(member(department(), Role.CHIEF), "mfa")
    head = signed_in(member(home, Role.HEAD), "mfa")
    assert [client.get("/vetting/").status_code for client in (chief, head)] == [404, 404]
    assert signed_in(person()).get("/people/").status_code == 404
    assert Client().get("/people/").status_code == 302
