"""After a try: what its result says, to whom, and what can be done next."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape

from accounts.models import User
from tests.volunteers.knowledge import (
    DAY,
    MINUTE,
    NOON,
    answer_all,
    heading,
    numbers,
    page,
    person,
    right_places,
    take,
    versions,
    wrong_places,
)
from volunteers.models import Attempt
from volunteers.services import test as services
from volunteers.testing.drawing import places

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def anna(client: Client) -> User:
    anna = person()
    client.force_login(anna)
    return anna


@pytest.fixture
def attempt(anna: User) -> Attempt:
    return Attempt.objects.get(pk=services.start(anna, "V2", NOON).pk)


@pytest.mark.parametrize("language", ["ru", "en"])
def test_a_failed_try_explains_what_was_wrong(client: Client, anna: User, language: str) -> None:
    attempt = services.start(anna, "V2", NOON)
    wrong = [*numbers(attempt, mandatory=True)[:1], *numbers(attempt, mandatory=False)[:2]]
    answer_all(attempt, NOON, wrong=wrong)
    services.finish(attempt, NOON + MINUTE)
    html = page(client, f"/test/result/{attempt.pk}/", language)
    for n, version in enumerate(versions(attempt), start=1):
        told = str(escape(getattr(version, f"explanation_{language}"))) in html
        assert told is (n in wrong)
    for n in wrong:
        version, place = versions(attempt)[n - 1], places(attempt.paper)[n - 1]
        for at in (*wrong_places(attempt, n), *right_places(attempt, n)):
            assert str(escape(version.options[place.order[at]][f"text_{language}"])) in html


def test_a_failed_safety_question_is_explained_before_all_else(client: Client, anna: User) -> None:
    attempt = services.start(anna, "V3", NOON)
    wrong = [*numbers(attempt, mandatory=True)[-1:], *numbers(attempt, mandatory=False)[:3]]
    answer_all(attempt, NOON, wrong=wrong)
    services.finish(attempt, NOON + MINUTE)
    html = page(client, f"/test/result/{attempt.pk}/")
    assert heading(html).startswith("Not passed yet: 16 of 20; you need 16, and every safety")
    asked = versions(attempt)
    found = {n: html.index(str(escape(asked[n - 1].explanation_en))) for n in wrong}
    first = min(found, key=lambda n: found[n])
    assert first == wrong[0]
    assert found[first] < html.index("You chose")


def test_a_question_left_out_is_said_to_have_no_answer(client: Client, anna: User) -> None:
    html = page(client, f"/test/result/{take(anna, NOON, passing=False).pk}/")
    assert heading(html).startswith("Not passed yet: 0 of 20")
    assert html.count("<dd>No answer</dd>") == 20
    assert "2 tries are left" in html


def test_earlier_explanations_are_put_away_while_a_new_try_is_under_way(
    client: Client, anna: User
) -> None:
    old = take(anna, NOON, passing=False)
    services.start(anna, "V2", NOON + 20 * MINUTE)
    html = page(client, f"/test/result/{old.pk}/")
    assert (html.count("What is right"), html.count("You are taking the test now.")) == (0, 1)


def test_trying_again_begins_at_once(client: Client, anna: User) -> None:
    take(anna, NOON - DAY, passing=False)
    answer = client.post("/test/start/", {"tier": "V2"})
    assert (answer["Location"], Attempt.objects.under_way().count()) == ("/test/1/", 1)


def test_after_three_tries_the_pages_say_when_the_next_one_opens(
    client: Client, anna: User
) -> None:
    for n in range(3):
        last = take(anna, NOON - (3 - n) * DAY, passing=False)
    assert heading(page(client, "/test/")) == "The next try opens on 21 July 2026"
    assert heading(page(client, "/test/", "ru")) == "Следующая попытка откроется 21 июля 2026"
    assert "The next one opens on 21 July 2026" in page(client, f"/test/result/{last.pk}/")
    assert page(client, "/test/").count("/test/start/") == 0
    refused = client.post("/test/start/", {"tier": "V2"})
    assert (refused["Location"], Attempt.objects.under_way().count()) == ("/test/", 0)


def test_earlier_tries_stand_with_their_dates_and_shares(client: Client, anna: User) -> None:
    take(anna, NOON - 2 * DAY, passing=False)
    take(anna, NOON - DAY)
    html = page(client, "/test/")
    rows = re.findall(r'<th scope="row"><a href="[^"]+">(.*?)</a>.*?>(\d+) %<', html)
    assert rows == [("7 July 2026", "100"), ("6 July 2026", "0")]


@pytest.mark.parametrize("later", [41 * MINUTE, 3 * DAY])
@pytest.mark.parametrize("address", ["/test/4/", "/test/check/"])
def test_when_the_time_is_over_every_page_leads_to_the_result(
    client: Client, attempt: Attempt, clock: time_machine.Traveller, address: str, later: timedelta
) -> None:
    client.post("/test/1/", {"choice": str(right_places(attempt, 1)[0])})
    clock.move_to(NOON + later)
    late = client.post(address, {"choice": "0"})
    assert late["Location"] == client.get(address)["Location"] == f"/test/result/{attempt.pk}/"
    assert "The time ran out." in page(client, late["Location"])
    assert list(attempt.answers.values_list("n", flat=True)) == [1]


def test_the_first_page_says_how_long_the_last_pass_counts(
    client: Client, anna: User, clock: time_machine.Traveller
) -> None:
    take(anna, NOON - DAY)
    take(anna, NOON - 2 * MINUTE, passing=False)
    told = "The test counts through 6 July 2027 for this clearance: supervised contact."
    assert told in page(client, "/test/")
    clock.move_to(NOON + 363 * DAY)
    client.force_login(anna)
    assert told in page(client, "/test/")
    clock.move_to(NOON + 364 * DAY)
    assert "The test counts" not in page(client, "/test/")


def test_finishing_in_two_tabs_leads_to_one_result(client: Client, attempt: Attempt) -> None:
    answers = [client.post("/test/check/")["Location"] for _ in range(2)]
    assert answers == [f"/test/result/{attempt.pk}/"] * 2


def test_another_persons_result_is_not_found(client: Client, anna: User) -> None:
    theirs = take(person("boris"), NOON, passing=False)
    assert client.get(f"/test/result/{theirs.pk}/").status_code == 404


def test_a_result_is_not_found_before_the_end(client: Client, attempt: Attempt) -> None:
    assert client.get(f"/test/result/{attempt.pk}/").status_code == 404


def count(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def test_the_number_of_queries_does_not_grow(client: Client, anna: User) -> None:
    first = take(anna, NOON - 30 * DAY)
    few = count(client, "/test/"), count(client, f"/test/result/{first.pk}/")
    for n in range(12):
        last = take(anna, NOON - (20 - n) * DAY, passing=n % 2 == 1)
    assert (count(client, "/test/"), count(client, f"/test/result/{last.pk}/")) == few
    services.start(anna, "V3", NOON)
    bare = count(client, "/test/1/"), count(client, "/test/check/")
    for n in range(1, 20):
        client.post(f"/test/{n}/", {"choice": "0"})
    assert (count(client, "/test/1/"), count(client, "/test/check/")) == bare
    assert max(*few, *bare) - count(client, "/help/") <= 8
