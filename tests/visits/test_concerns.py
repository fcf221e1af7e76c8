"""Telling the Department: past the institution, answered in time, read by nobody else."""

import re
from collections.abc import Iterator
from datetime import date
from types import SimpleNamespace

import pytest
import time_machine
from django.test import Client

from accounts.roles import Role
from casework.models import Notice
from casework.sweep import sweep
from tests import factories
from tests.visits import receiving as make
from visits.flows import ConcernFlow
from visits.models import Concern, ConcernKind

pytestmark = pytest.mark.django_db
TELL = "/tell/"
WORDS = "В субботу у входа нас не пустили, хотя визит был назначен."


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(make.NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def cast() -> SimpleNamespace:
    return make.house()


def say(client: Client, where: str = TELL, **typed: str) -> str:
    """Send a word; the page it leads to."""
    data = {"about": "door", "text": WORDS, "key": make.key()} | typed
    return client.post(where, data).headers["Location"]


@pytest.mark.parametrize("about", ConcernKind.values)
def test_a_word_reaches_the_department_with_a_time_limit(cast: SimpleNamespace, about: str) -> None:
    client = make.signed_in(cast.coordinator)
    where = say(client, about=about)
    said = Concern.objects.get()
    assert where == f"/tell/{said.case.ref}/"
    html = make.words(client.get(where))
    assert "<h1>The Department was told</h1>" in html
    assert said.case.ref in html
    assert "Answer: due Monday, 13 July 2026" in html
    assert list(Notice.objects.filter(kind="concern_say").values_list("person", flat=True)) == [
        cast.officer.pk
    ]


def test_a_word_about_a_visit_names_it_and_its_institution(cast: SimpleNamespace) -> None:
    visit = make.request(cast, make.helper(cast))
    client = make.signed_in(cast.coordinator)
    where = f"{TELL}?visit={visit.case.ref}"
    assert visit.case.ref in make.words(client.get(where))
    say(client, where)
    said = Concern.objects.get()
    assert (said.visit, said.institution) == (visit, cast.house)


def test_the_gate_can_tell_about_a_visit_of_its_house(cast: SimpleNamespace) -> None:
    visit = make.request(cast, make.helper(cast))
    assert make.signed_in(cast.gate).get(f"{TELL}?visit={visit.case.ref}").status_code == 200


def test_a_word_about_an_institution_names_it(cast: SimpleNamespace) -> None:
    say(make.signed_in(factories.person()), f"{TELL}?institution={cast.house.organisation.ref}")
    assert Concern.objects.get().institution == cast.house


def test_the_institution_never_sees_it(cast: SimpleNamespace) -> None:
    visit = make.request(cast, make.helper(cast))
    say(make.signed_in(cast.coordinator), f"{TELL}?visit={visit.case.ref}")
    said = Concern.objects.get()
    for person in (cast.director, cast.desk, cast.gate, cast.head):
        client = make.signed_in(person)
        assert client.get(f"/cases/{said.case.ref}/").status_code == 404
        assert client.get(f"/tell/{said.case.ref}/").status_code == 404
        assert said.case.ref not in make.words(client.get("/tell/mine/"))
        assert Notice.objects.filter(person=person, case=said.case).count() == 0


def test_the_answer_stands_in_the_own_list(cast: SimpleNamespace) -> None:
    client = make.signed_in(cast.coordinator)
    assert "You have not told the Department anything." in make.words(client.get("/tell/mine/"))
    say(client)
    said = Concern.objects.get()
    officer = factories.acting(cast.officer, make.TODAY, Role.REGISTRAR)
    answer = {"reason": "Мы разобрались с проходной."}
    ConcernFlow.reply(said, by=officer, at=make.NOON, key=make.key(), **answer)
    html = make.words(client.get("/tell/mine/"))
    assert re.findall(r"<b>(C-\d+)</b>", html) == [said.case.ref]
    assert "Мы разобрались с проходной." in html
    assert "answered" in html


def test_silence_reminds_the_department(
    cast: SimpleNamespace, clock: time_machine.Traveller
) -> None:
    say(make.signed_in(cast.coordinator))
    clock.move_to(make.at(0, on=date(2026, 7, 14)))
    sweep(make.at(0, on=date(2026, 7, 14)))
    heard = Notice.objects.filter(kind="concern_remind").values_list("person", flat=True)
    assert sorted(heard) == make.ids([cast.officer, cast.coordinator])


def test_a_double_click_says_it_once(cast: SimpleNamespace) -> None:
    client = make.signed_in(cast.coordinator)
    assert say(client, key="same") == say(client, key="same")
    answer = client.post(TELL, {"about": "door", "text": "Другое", "key": "same"})
    assert answer.context["form"].non_field_errors() == [
        "This form was already sent with other answers."
    ]
    assert Concern.objects.count() == 1


def test_a_key_of_another_form_is_not_an_answer(cast: SimpleNamespace) -> None:
    visit = make.request(cast, make.helper(cast))
    used = visit.case.decisions.get().key.partition(":")[2]
    client = make.signed_in(cast.coordinator)
    answer = client.post(TELL, {"about": "door", "text": WORDS, "key": used})
    assert answer.status_code == 200
    assert Concern.objects.count() == 0


def test_without_a_department_nothing_is_lost_in_silence() -> None:
    client = make.signed_in(factories.person())
    answer = client.post(TELL, {"about": "door", "text": WORDS, "key": "k"})
    assert answer.context["form"].non_field_errors() == [
        "Nobody answers for the Department here yet. Telephone it instead."
    ]
    assert WORDS in make.words(answer)


def test_other_peoples_visits_cannot_be_named(cast: SimpleNamespace) -> None:
    visit = make.request(cast, make.helper(cast))
    client = make.signed_in(factories.person())
    for query in (f"visit={visit.case.ref}", "visit=V-0", "institution=nowhere", "visit=%00x"):
        assert client.get(f"{TELL}?{query}").status_code == 404
    assert Client().get(TELL).status_code == 302


def test_nonsense_is_answered_beside_the_fields(cast: SimpleNamespace) -> None:
    client = make.signed_in(cast.coordinator)
    wrong = [
        ({"about": "weather"}, "about"),
        ({"text": " "}, "text"),
        ({"text": "a\x00b"}, "text"),
        ({"text": "я" * 4001}, "text"),
        ({"key": "k" * 100}, "key"),
    ]
    for typed, field in wrong:
        data = {"about": "door", "text": WORDS, "key": "k"} | typed
        answer = client.post(TELL, data)
        assert list(answer.context["form"].errors) == [field]
    assert Concern.objects.count() == 0
