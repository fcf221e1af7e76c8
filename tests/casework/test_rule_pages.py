"""The page of the rulebook, and proposing a change on it."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from accounts.roles import Role
from casework.models import RuleChange
from casework.services.rules import Wanted, propose
from tests import factories as make
from tests.casework.test_rule_change import NOW, SOON, TODAY, confirm, parameter
from tests.visits.receiving import signed_in, words

pytestmark = pytest.mark.django_db
RULE = "/rules/registration-formal_check/"
TYPED = {
    "key": "k",
    "value": "7",
    "from_on": SOON.isoformat(),
    "act_number": "214",
    "act_on": TODAY.isoformat(),
    "why": "Заявлений стало больше",
}


@pytest.fixture(autouse=True)
def noon():  # type: ignore[no-untyped-def]  # a generator of nothing
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def registrar() -> Client:
    return signed_in(make.registrar())


def changed() -> None:
    one, two = (make.acting(make.registrar()) for _ in range(2))
    wanted = Wanted(7, SOON, "214", TODAY, "Заявлений стало больше")
    confirm(propose(parameter(), wanted, by=one, at=NOW, key="k"), two)


def test_anybody_reads_what_holds_what_was_and_what_comes() -> None:
    changed()
    page = words(Client().get("/rules/", headers={"accept-language": "en"}))
    assert "The rules that hold today" in page
    assert "<b>5 working days</b><small>from 16 November 2026: 7 working days</small>" in page
    later = words(Client().get(f"/rules/?on={SOON}", headers={"accept-language": "en"}))
    assert "The rules as they will be on 16 November 2026" in later
    assert "<b>7 working days</b><small>before 16 November 2026: 5 working days</small>" in later
    assert "Edition 2" in later
    assert "Propose a change" not in page + later


@pytest.mark.parametrize("typed", ["31.31.2026", "0001-01-01", "2050-01-01", "\x00", "x" * 5000])
def test_a_day_that_makes_no_sense_is_answered_in_words(typed: str) -> None:
    page = words(Client().get("/rules/", {"on": typed}, headers={"accept-language": "en"}))
    assert 'class="error"' in page
    assert "The rules that hold today" in page


def test_a_registrar_proposes_on_the_page_and_everybody_who_may_confirm_sees_it(
    registrar: Client,
) -> None:
    assert f'href="{RULE}"' in words(registrar.get("/rules/"))
    assert "Now: 5 working days. From 1 to 250." in words(registrar.get(RULE))
    answer = registrar.post(RULE, TYPED)
    change = RuleChange.objects.select_related("case").get()
    assert (answer.status_code, answer["location"]) == (302, f"/cases/{change.case.ref}/")
    other = signed_in(make.registrar())
    assert "1 change waits for a second person" in words(other.get("/rules/"))
    case = f"/cases/{change.case.ref}/"
    assert "<dt>New value</dt><dd>7 working days</dd>" in words(other.get(case))
    sent = {"key": "c", "seen": "1"}
    assert other.post(f"{case}confirm/", sent).status_code == 302
    assert "waits for a second person" not in words(other.get("/rules/"))


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("value", "-1"),
        ("value", "9" * 30),
        ("value", "семь"),
        ("value", "5"),
        ("from_on", (TODAY - timedelta(days=1)).isoformat()),
        ("from_on", "2050-01-01"),
        ("act_number", "2\x0014"),
        ("act_number", "2" * 61),
        ("act_on", "2026-11-03"),
        ("why", ""),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(registrar: Client, field: str, typed: str) -> None:
    page = words(registrar.post(RULE, TYPED | {field: typed}))
    assert f'id="id_{field}_error"' in page
    assert not RuleChange.objects.exists()


def test_what_the_law_has_set_says_so(registrar: Client) -> None:
    assert "This number is set by law." in words(registrar.get("/rules/agreement-answer/"))
    assert "This number is set by law." not in words(registrar.get(RULE))


@pytest.mark.parametrize("role", [Role.CHECKER, Role.COMMISSIONER, Role.AUDITOR])
def test_others_of_the_department_propose_nothing(role: str) -> None:
    browser = signed_in(make.member(make.department(), role))
    assert browser.get(RULE).status_code == 404
    assert f'href="{RULE}"' not in words(browser.get("/rules/"))


def test_there_is_no_page_of_an_unknown_rule(registrar: Client) -> None:
    assert registrar.get("/rules/registration-unknown/").status_code == 404
