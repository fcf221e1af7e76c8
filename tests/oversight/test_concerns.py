"""What was told to the Department: by its deadline, then what was answered."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.roles import Role
from tests import factories as make
from tests.oversight.world import browser, long_ago, of_the_department, told
from visits.flows import ConcernFlow
from visits.models import Concern

pytestmark = pytest.mark.django_db


@pytest.fixture
def registrar() -> Client:
    return browser(of_the_department(Role.REGISTRAR))


def refs(client: Client, query: str = "") -> list[str]:
    return [row.case.ref for row in client.get(f"/concerns/{query}").context["page"].rows]


def answer(concern: Concern) -> None:
    acting = make.acting(of_the_department(Role.REGISTRAR))
    ConcernFlow.reply(concern, by=acting, at=timezone.now(), key=concern.case.ref, reason="Да")


def test_the_nearest_deadline_comes_first(registrar: Client) -> None:
    fresh, old = told(timezone.now()), told(long_ago())
    assert refs(registrar) == [old.case.ref, fresh.case.ref]
    assert refs(registrar, "?tab=late") == [old.case.ref]


def test_what_was_answered_moves_to_the_other_list_the_newest_first(registrar: Client) -> None:
    first, second = told(long_ago()), told(long_ago())
    answer(first)
    answer(second)
    assert refs(registrar) == []
    assert refs(registrar, "?tab=answered") == [second.case.ref, first.case.ref]


def test_a_count_is_the_length_of_the_list_it_opens(registrar: Client) -> None:
    told(timezone.now() - timedelta(days=1))
    told(long_ago())
    answer(told(long_ago()))
    counts = registrar.get("/concerns/").context["counts"]
    assert counts == {"waiting": 2, "late": 1, "answered": 1}
    tabs = {"waiting": "", "late": "?tab=late", "answered": "?tab=answered"}
    assert counts == {name: len(refs(registrar, query)) for name, query in tabs.items()}


@pytest.mark.parametrize("tab", ["", "late", "answered"])
def test_page_after_page_shows_everything_once(registrar: Client, monkeypatch, tab: str) -> None:
    monkeypatch.setattr("oversight.views.late.PAGE", 2)
    concerns = [told(long_ago()) for _ in range(5)]
    if tab == "answered":
        for concern in concerns:
            answer(concern)
        concerns.reverse()
    seen: list[str] = []
    after = ""
    while True:
        page = registrar.get(f"/concerns/?tab={tab}&after={after}").context["page"]
        seen += [row.case.ref for row in page.rows]
        if not (after := page.after):
            break
    assert seen == [concern.case.ref for concern in concerns]


def test_the_next_page_keeps_the_tab(registrar: Client, monkeypatch) -> None:
    monkeypatch.setattr("oversight.views.late.PAGE", 1)
    told(long_ago())
    told(long_ago())
    answer_page = registrar.get("/concerns/?tab=late")
    after = answer_page.context["page"].after
    assert f'href="?tab=late&amp;after={after}"' in answer_page.content.decode()


def test_danger_to_a_child_is_marked(registrar: Client) -> None:
    told(long_ago(), about="child")
    told(long_ago(), about="answer")
    rows = registrar.get("/concerns/").context["page"].rows
    assert [row.danger for row in rows] == [True, False]


def test_empty_lists_are_said_in_words(registrar: Client) -> None:
    texts = [
        registrar.get(f"/concerns/{tab}").content.decode()
        for tab in ("", "?tab=late", "?tab=answered")
    ]
    assert ["На\u00a0всё, что сообщили" in text for text in texts] == [True, False, False]
    assert ["Просроченных ответов нет" in text for text in texts] == [False, True, False]
    assert ["Пока ни\u00a0на\u00a0что не\u00a0ответили" in text for text in texts] == [
        False,
        False,
        True,
    ]


def test_the_words_themselves_do_not_stand_in_the_list(registrar: Client) -> None:
    concern = told(long_ago())
    text = registrar.get("/concerns/").content.decode()
    assert concern.text not in text
    assert f'href="{concern.case.get_absolute_url()}"' in text


@pytest.mark.parametrize("query", ["?tab=%00", "?after=%00", "?tab=answered&after=AAAA"])
def test_a_strange_question_is_answered(registrar: Client, query: str) -> None:
    assert registrar.get(f"/concerns/{query}").status_code == 200


def test_an_institution_does_not_see_them() -> None:
    house = make.institution()
    told(long_ago(), house)
    director = make.member(house.organisation, Role.DIRECTOR)
    assert browser(director).get("/concerns/").status_code == 404


@pytest.mark.parametrize("tab", ["", "answered"])
def test_queries_do_not_grow_with_the_rows(registrar: Client, tab: str) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as caught:
            assert registrar.get(f"/concerns/?tab={tab}").status_code == 200
        return len(caught)

    def more(number: int) -> None:
        for _ in range(number):
            concern = told(long_ago(), make.institution())
            if tab:
                answer(concern)

    more(1)
    few = queries()
    more(10)
    assert queries() == few
    assert few <= 8
