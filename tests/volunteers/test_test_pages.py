"""The pages of the knowledge test: what they say, what they keep to themselves, whose they are."""

import re
from collections.abc import Iterator

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.utils.html import escape

from accounts.models import User
from tests.volunteers.knowledge import (
    MINUTE,
    NOON,
    heading,
    page,
    person,
    right_places,
    text,
    versions,
)
from volunteers.models import Answer, Attempt, QuestionVersion
from volunteers.services import test as services
from volunteers.testing.drawing import places

pytestmark = pytest.mark.django_db
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')


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


def choices(html: str) -> list[str]:
    return re.findall(r'<label for="choice-\d+">(.*?)</label>', html)


ADDRESSES = ["/test/", "/test/1/", "/test/check/", "/test/result/1/"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_visitor_is_asked_to_sign_in(client: Client, address: str) -> None:
    answer = client.get(address)
    assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/accounts/login/")


def test_the_first_page_tells_the_terms(client: Client, anna: User) -> None:
    html = page(client, "/test/")
    assert heading(html) == "Knowledge test"
    for told in ("40 minutes", "16 right answers of 20", "80 %", "12 months", "after 14 days"):
        assert told in html
    assert "<dt>Tries left</dt><dd>3<" in html
    assert "You have not taken the test yet." in html


def test_the_first_page_speaks_russian(client: Client, anna: User) -> None:
    html = page(client, "/test/", "ru")
    assert heading(html) == "Проверка знаний"
    for told in ("40 минут", "16 верных ответов из 20", "12 месяцев", "через 14 дней"):
        assert told in html


def test_the_whole_way_from_the_start_to_a_pass(client: Client, anna: User) -> None:
    begun = client.post("/test/start/", {"tier": "V3"})
    assert begun["Location"] == "/test/1/"
    attempt = Attempt.objects.get(person=anna)
    for n in range(1, 21):
        answer = client.post(f"/test/{n}/", {"choice": right_places(attempt, n), "go": "next"})
        assert answer["Location"] == (f"/test/{n + 1}/" if n < 20 else "/test/check/")
    assert heading(page(client, "/test/check/")) == "Every question has an answer"
    done = client.post("/test/check/")
    assert done["Location"] == f"/test/result/{attempt.pk}/"
    html = page(client, done["Location"])
    assert heading(html) == "Passed: 20 of 20"
    assert "counts through 7 July 2027 for this clearance: individual and off-site." in html
    assert attempt.tier == "V3"


@pytest.mark.parametrize(
    ("n", "go", "where"),
    [
        (3, "next", "/test/4/"),
        (3, "back", "/test/2/"),
        (3, "check", "/test/check/"),
        (1, "back", "/test/2/"),
        (20, "next", "/test/check/"),
        (3, "elsewhere", "/test/4/"),
    ],
)
def test_saving_goes_where_the_button_says(
    client: Client, attempt: Attempt, n: int, go: str, where: str
) -> None:
    answer = client.post(f"/test/{n}/", {"choice": "0", "go": go})
    assert (answer["Location"], Answer.objects.get().n) == (where, n)


def test_a_question_page_says_where_one_is_and_how_long_there_is(
    client: Client, attempt: Attempt, clock: time_machine.Traveller
) -> None:
    client.post("/test/1/", {"choice": "0"})
    client.post("/test/5/", {"choice": "1"})
    clock.move_to(NOON + 3 * MINUTE)
    assert "Question 3 of 20; answered: 2" in page(client, "/test/3/")
    assert "37 minutes left, until 12:40." in page(client, "/test/3/")
    assert "Вопрос 3 из 20; отвечено: 2" in page(client, "/test/3/", "ru")
    assert "Осталось 37 минут, до 12:40." in page(client, "/test/3/", "ru")


def test_what_was_chosen_is_shown_again(client: Client, attempt: Attempt) -> None:
    client.post("/test/2/", {"choice": "1"})
    checked = re.findall(r'value="(\d)" checked', page(client, "/test/2/"))
    assert checked == ["1"]


def test_a_question_with_several_answers_has_checkboxes(client: Client, anna: User) -> None:
    attempt = services.start(anna, "V2", NOON)
    kinds = []
    for n, version in enumerate(versions(attempt), start=1):
        html = page(client, f"/test/{n}/")
        kind = "checkbox" if version.multiple else "radio"
        kinds.append(len(re.findall(f'type="{kind}" name="choice"', html)))
    assert kinds == [len(version.options) for version in versions(attempt)]


def test_several_choices_are_kept_together(client: Client, anna: User) -> None:
    several = QuestionVersion.objects.get(question__code="reporting-007")
    order = list(range(len(several.options)))
    attempt = Attempt.objects.create(
        person=anna,
        tier="V2",
        seed=1,
        paper=[[several.pk, order]],
        started_at=NOON,
        deadline_at=NOON + 40 * MINUTE,
    )
    client.post("/test/1/", {"choice": ["0", "2"]})
    assert attempt.answers.get().chosen == [0, 2]
    client.post("/test/1/", {})
    assert heading(page(client, "/test/check/")) == "1 question has no answer yet"


def test_changing_the_language_midway_keeps_the_order(client: Client, attempt: Attempt) -> None:
    for n, place in enumerate(places(attempt.paper), start=1):
        version = versions(attempt)[n - 1]
        for language in ("ru", "en"):
            shown = choices(page(client, f"/test/{n}/", language))
            kept = [version.options[option][f"text_{language}"] for option in place.order]
            assert shown == [str(escape(one)) for one in kept]


def test_no_page_before_the_end_knows_a_right_answer(client: Client, attempt: Attempt) -> None:
    """The pages stay the same, letter by letter, when every key of the bank is turned round."""
    addresses = ["/test/", "/test/check/", *(f"/test/{n}/" for n in range(1, 21))]
    client.post("/test/1/", {"choice": "0"})
    before = [TOKEN.sub("", page(client, address)) for address in addresses]
    with connection.cursor() as cursor:
        cursor.execute("alter table volunteers_questionversion disable trigger question_keeps")
    for version in QuestionVersion.objects.all():
        options = [one | {"correct": not one["correct"]} for one in version.options]
        QuestionVersion.objects.filter(pk=version.pk).update(
            options=options, explanation_ru="Иначе", explanation_en="Otherwise", source="elsewhere"
        )
    assert [TOKEN.sub("", page(client, address)) for address in addresses] == before


@pytest.mark.parametrize("language", ["ru", "en"])
def test_no_explanation_and_no_key_is_sent_before_the_end(
    client: Client, attempt: Attempt, language: str
) -> None:
    explained = [getattr(one, f"explanation_{language}")[:30] for one in versions(attempt)]
    for address in ("/test/", "/test/check/", *(f"/test/{n}/" for n in range(1, 21))):
        html = page(client, address, language)
        assert [one for one in explained if one in html or str(escape(one)) in html] == []
        assert re.findall(r'"correct"|data-|explanation', html) == []


def test_pages_of_a_try_lead_to_the_first_page_when_there_is_none(
    client: Client, anna: User
) -> None:
    for answer in (client.get("/test/1/"), client.get("/test/check/"), client.post("/test/check/")):
        assert answer["Location"] == "/test/"


@pytest.mark.parametrize(
    "address",
    [
        "/test/0/",
        "/test/21/",
        "/test/99999999999999999999/",
        "/test/result/99999999999999999999/",
        "/test/result/" + "9" * 5000 + "/",
        "/test/one/",
        "/test/%00/",
    ],
)
def test_a_strange_address_is_not_found(client: Client, attempt: Attempt, address: str) -> None:
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("choice", ["4", "-1", "one", "\x00", "9" * 50, "0\x00"])
def test_an_option_that_is_not_there_is_refused_beside_the_question(
    client: Client, attempt: Attempt, choice: str
) -> None:
    answer = client.post("/test/1/", {"choice": choice}, headers={"accept-language": "en"})
    assert (answer.status_code, Answer.objects.exists()) == (200, False)
    assert "There is no such option. Choose one of those shown." in text(answer)


@pytest.mark.parametrize("tier", ["V1", "V9", "", "\x00"])
def test_a_clearance_that_is_not_offered_is_refused(client: Client, anna: User, tier: str) -> None:
    answer = client.post("/test/start/", {"tier": tier})
    assert (answer.status_code, Attempt.objects.exists()) == (200, False)
    assert 'class="error"' in text(answer)


def test_a_try_is_started_by_a_form_only(client: Client, anna: User) -> None:
    assert client.get("/test/start/").status_code == 405
    assert client.put("/test/check/").status_code == 405


def test_no_page_of_the_test_is_kept_by_a_browser(client: Client, attempt: Attempt) -> None:
    addresses = ["/test/", "/test/1/", "/test/check/"]
    assert all("no-store" in client.get(address)["Cache-Control"] for address in addresses)
    where = client.post("/test/check/")["Location"]
    assert "no-store" in client.get(where)["Cache-Control"]
