"""The bank on the pages of the Department's checkers."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape

from accounts.hats import Acting
from accounts.models import User
from accounts.roles import Role
from casework.models import Parameter
from tests.accounts.sessions import signed_in
from tests.factories import department, member
from tests.volunteers.banking import approved, asked, checker, new, retirement, version, written
from tests.volunteers.knowledge import MINUTE, NOON, page, person, take, text
from volunteers.bank.content import of_version
from volunteers.forms.bank import typed
from volunteers.models import Marked, QuestionChange
from volunteers.services import test as services

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]


@pytest.fixture
def one() -> Acting:
    return checker()


@pytest.fixture
def first(one: Acting) -> Client:
    assert isinstance(one.user, User)
    return english(one.user)


@pytest.fixture
def second() -> Client:
    return english(member(department(), Role.CHECKER))


def english(who: User) -> Client:
    browser = signed_in(who, "mfa")
    browser.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return browser


def sent(**changes: Any) -> dict[str, Any]:
    """The form of a new question, filled in."""
    fields = typed(written()) | {"key": "k", "why": "Такого вопроса нет"} | changes
    return {name: value for name, value in fields.items() if value is not False}


def codes(html: str) -> list[str]:
    return list(dict.fromkeys(re.findall(r'href="/bank/([a-z]+-\d+)/"', html)))


def test_a_checker_writes_and_another_approves(first: Client, second: Client) -> None:
    answer = first.post("/bank/new/", sent())
    change = QuestionChange.objects.select_related("case").get()
    where = f"/bank/changes/{change.case.ref}/"
    assert (answer.status_code, answer["location"]) == (302, where)
    own = page(first, where)
    assert "Approve the change" not in own
    assert "Withdraw the proposal" in own
    assert "1 change of a question waits" in page(second, "/bank/")
    assert "На столе лежит чужая книга" in page(second, where)
    assert second.get(f"/cases/{change.case.ref}/approve/")["location"] == where
    form = {"key": "a", "seen": "1", "confirmed": "", "next": where}
    assert second.post(f"/cases/{change.case.ref}/approve/", form)["location"] == where
    assert "asked now" in page(second, "/bank/routine-016/")
    assert codes(page(second, "/bank/?topic=routine"))[-1] == "routine-016"


def test_versions_stand_side_by_side(first: Client, one: Acting) -> None:
    words = asked("rights-001").text_en.replace("After", "Following")
    approved(version(one, "rights-001", text_en=words), checker())
    html = page(first, "/bank/rights-001/")
    assert "What version 2 changed" in html
    assert "<del>After</del>" in html
    assert "<ins>Following</ins>" in html


def test_what_was_typed_is_never_lost(first: Client) -> None:
    html = page_of(first.post("/bank/new/", sent(text_en="", option_1_ru="Моё слово")))
    assert "Моё слово" in html
    assert 'class="error"' in html
    refused = page_of(first.post("/bank/new/", sent(text_ru=asked("rights-001").text_ru)))
    assert "asks the same in the same words" in refused
    assert escape(asked("rights-001").text_ru) in refused
    assert not QuestionChange.objects.exists()


def page_of(answer: Any) -> str:
    assert answer.status_code == 200
    return text(answer)


def test_what_was_sent_back_is_written_anew_from_its_words(
    first: Client, second: Client, one: Acting
) -> None:
    change = new(one)
    form = {"key": "r", "seen": "1", "reason": "Второй вариант спорный"}
    assert second.post(f"/cases/{change.case.ref}/refuse/", form).status_code == 302
    html = page(first, f"/bank/changes/{change.case.ref}/")
    assert "Второй вариант спорный" in html
    assert f"/bank/new/?from={change.case.ref}" in html
    again = page(first, f"/bank/new/?from={change.case.ref}")
    assert "На столе лежит чужая книга" in again
    assert ">Спросить</textarea>" in again.replace("\n", "")


def test_a_version_is_written_from_what_is_asked(first: Client) -> None:
    html = page(first, "/bank/rights-001/version/")
    assert escape(asked("rights-001").text_en) in html
    last = typed(of_version(asked("rights-001")))
    fields = {name: value for name, value in last.items() if value is not False}
    same = page_of(first.post("/bank/rights-001/version/", fields | {"key": "k", "why": "x"}))
    assert "Nothing is different" in same
    mended = fields | {"key": "k", "why": "x", "text_en": "Mended."}
    assert first.post("/bank/rights-001/version/", mended).status_code == 302
    assert "waits for a second person" in page(first, "/bank/rights-001/")


def test_a_leaked_question_is_retired_on_pages(first: Client, second: Client) -> None:
    form = {"key": "k", "ground": "leaked", "why": "Ответ в чате"}
    answer = first.post("/bank/rights-002/retire/", form)
    ref = answer["location"].split("/")[3]
    approving = {"key": "a", "seen": "1"}
    assert second.post(f"/cases/{ref}/approve/", approving).status_code == 302
    html = page(second, "/bank/rights-002/")
    assert "retired on 8 July 2026" in html
    assert "it leaked" in html
    assert codes(page(second, "/bank/?state=retired")) == ["rights-002"]
    assert "rights-002" not in codes(page(second, "/bank/?topic=rights"))


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("type=T15&tier=V3", 5),
        ("type=T15&tier=V2", 0),
        ("q=hygiene-00", 9),
        ("topic=elders", 14),
        ("q=no-such-words", 0),
    ],
)
def test_the_bank_is_narrowed(first: Client, query: str, found: int) -> None:
    assert len(codes(page(first, f"/bank/?{query}"))) == found


def test_every_question_stands_on_one_page_of_the_list(first: Client) -> None:
    where, seen = "/bank/", []
    while where:
        html = page(first, where)
        seen += codes(html)
        onward = re.search(r'href="(/bank/\?[^"]*after=[^"]+)" rel="next"', html)
        where = onward[1].replace("&amp;", "&") if onward else ""
    assert (len(seen), len(set(seen))) == (181, 181)


@pytest.mark.parametrize(
    "address",
    [
        "/bank/?topic=none",
        "/bank/?after=xx",
        "/bank/?q=%00",
        "/bank/?tier=V9&state=x",
        "/bank/?type=" + "T" * 5000,
    ],
)
def test_strange_searches_are_answered(first: Client, address: str) -> None:
    assert first.get(address).status_code == 200


@pytest.mark.parametrize(
    "address",
    ["/bank/none/", "/bank/none/version/", "/bank/changes/J-9/", "/bank/new/?from=J-9"],
)
def test_there_is_no_page_of_what_is_not_there(first: Client, address: str) -> None:
    assert first.get(address).status_code == 404


@pytest.mark.parametrize(
    "broken",
    [
        {"topic": "x"},
        {"tiers": "V9"},
        {"types": "T99"},
        {"difficulty": "9"},
        {"difficulty": "x"},
        {"text_ru": "\x00"},
        {"text_ru": "а" * 1001},
        {"key": ""},
        {"why": ""},
    ],
)
def test_nonsense_is_said_and_nothing_is_written(first: Client, broken: dict[str, str]) -> None:
    assert first.post("/bank/new/", sent(**broken)).status_code == 200
    assert not QuestionChange.objects.exists()


@pytest.mark.parametrize("role", [Role.REGISTRAR, Role.CHIEF, Role.AUDITOR])
def test_nobody_else_opens_the_bank(one: Acting, role: str) -> None:
    other = signed_in(member(department(), role), "mfa")
    ref = new(one).case.ref
    for address in ("/bank/", "/bank/rights-001/", "/bank/new/", f"/bank/changes/{ref}/"):
        assert other.get(address).status_code == 404
    case = page(other, f"/cases/{ref}/")
    assert "На столе лежит" not in case


def test_whoever_takes_the_test_sees_no_answers(first: Client, one: Acting) -> None:
    assert isinstance(one.user, User)
    ref = new(one).case.ref
    services.start(one.user, "V2", NOON)
    for address in ("/bank/", "/bank/rights-001/", "/bank/new/", f"/bank/changes/{ref}/"):
        answer = first.get(address)
        assert answer.status_code == 403
        assert "The bank is closed while you take the test" in text(answer)
    services.finish(services.current(one.user, NOON), NOON + MINUTE)  # type: ignore[arg-type]
    assert first.get("/bank/").status_code == 200


def test_what_the_figures_speak_against_is_found(first: Client) -> None:
    for name in ("anna", "boris", "vera"):
        take(person(name), NOON, passing=name != "vera")
    assert codes(page(first, "/bank/?fault=any")) == []
    Parameter.objects.filter(code="bank.answers").update(value=1)
    marked = Marked.objects.values_list("version__question__code", "right")
    right = {code for code, so in marked if so} - {code for code, so in marked if not so}
    wrong = {code for code, so in marked if not so} - {code for code, so in marked if so}
    easy = codes(page(first, "/bank/?fault=easy"))
    assert easy == sorted(right)[:30]
    assert codes(page(first, "/bank/?fault=hard")) == sorted(wrong)
    assert "too easy" in page(first, f"/bank/{easy[0]}/")


@pytest.mark.parametrize(
    ("address", "most"),
    [
        ("/bank/", 8),
        ("/bank/?fault=any", 9),
        ("/bank/rights-001/", 10),
        ("/bank/rights-001/version/", 10),
        ("/bank/new/", 10),
    ],
)
def test_a_page_asks_the_same_for_little_and_for_much(
    first: Client, one: Acting, address: str, most: int
) -> None:
    counts = []
    for n in range(2):
        first.get(address)
        with CaptureQueriesContext(connection) as queries:
            first.get(address)
        counts.append(len(queries))
        for name in ("anna", "boris", "vera"):
            take(person(f"{name}{n}"), NOON)
        retirement(one, f"elders-00{n + 1}")
        if n == 0:
            approved(version(one, "rights-001", difficulty=3), checker())
    assert counts[0] == counts[1] <= most
