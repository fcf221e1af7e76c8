"""The decision on a request: its page, the check, who was told, two deciders at once."""

import re
from collections.abc import Iterator
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.roles import Role
from casework.models import Decision
from tests import factories
from tests.visits import receiving as make
from visits.models import Visit
from visits.refusals import VisitRefusal
from volunteers.models import Requirement, Volunteer

pytestmark = pytest.mark.django_db
QUEUE = "/requests/"


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(make.NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def cast() -> SimpleNamespace:
    return make.house()


def page(client: Client, visit: Visit) -> str:
    answer = client.get(f"/requests/{visit.case.ref}/")
    assert answer.status_code == 200
    return make.words(answer)


def hidden(html: str) -> dict[str, str]:
    found = dict(re.findall(r'<input type="hidden" name="(key|seen)" value="([^"]*)"', html))
    assert sorted(found) == ["key", "seen"]
    return found


def check(client: Client, visit: Visit, form: dict[str, str] | None = None, **typed: str) -> Any:
    """What comes back from “check and send”."""
    data = (form or hidden(page(client, visit))) | typed
    return client.post(f"/requests/{visit.case.ref}/check/", data)


def agree(cast: SimpleNamespace, client: Client, visit: Visit, **more: str) -> Any:
    return check(client, visit, choice="approve", supervisor=str(cast.desk.pk), send="1", **more)


def test_the_decision_page_shows_clearance_and_never_a_paper(cast: SimpleNamespace) -> None:
    visit = make.request(cast, make.helper(cast))
    html = page(make.signed_in(cast.director), visit)
    assert "cleared: supervised contact, until 7 July 2027" in html
    assert "first time here" in html
    assert "holds through 7 July 2027 and covers this type" in html
    assert "1 of 30 places are taken at this time, theirs included" in html
    papers = [one.name_en for one in Requirement.objects.all() if one.name_en in html]
    assert papers == []


def test_who_comes_twice_on_one_day_is_pointed_out(cast: SimpleNamespace) -> None:
    person = make.helper(cast)
    make.booked(cast, person, hour=16)
    visit = make.request(cast, person, hour=11)
    html = page(make.signed_in(cast.director), visit)
    assert "in another visit as well: Thursday, 9 July 2026, 16:00." in html


def test_the_letters_of_all_choices_are_shown_before_choosing(cast: SimpleNamespace) -> None:
    visit = make.request(cast, make.helper(cast))
    html = page(make.signed_in(cast.director), visit)
    assert re.findall(r'class="letter for-(\w+)"', html) == ["approve", "refuse", "move"]
    assert "<b>The visit is booked: Организация" in html


def test_the_check_shows_the_letter_and_decides_nothing(cast: SimpleNamespace) -> None:
    visit, client = make.request(cast, make.helper(cast)), make.signed_in(cast.director)
    answer = check(
        client, visit, choice="refuse", code="V4", reason="The group is asleep at that hour."
    )
    html = make.words(answer)
    assert "<h1>Check the decision</h1>" in html
    assert "The reason: the programme does not fit the group." in html
    assert html.count("The group is asleep at that hour.") >= 2
    assert make.again(visit).case.state == "requested"


def test_going_back_keeps_what_was_typed(cast: SimpleNamespace) -> None:
    visit, client = make.request(cast, make.helper(cast)), make.signed_in(cast.director)
    answer = check(client, visit, choice="refuse", code="V4", reason="Asleep.", back="1")
    html = make.words(answer)
    assert "Asleep.</textarea>" in html
    assert 'value="V4" checked' in html
    assert "error-summary" not in html


def test_approving_books_the_visit_and_says_who_was_told(cast: SimpleNamespace) -> None:
    person = make.helper(cast)
    visit, client = make.request(cast, person), make.signed_in(cast.desk)
    answer = agree(cast, client, visit, reason="We wait at the gate.")
    assert answer.headers["Location"] == f"/requests/{visit.case.ref}/sent/"
    now = make.again(visit)
    assert (now.case.state, now.supervisor) == ("approved", cast.desk)
    html = make.words(client.get(answer.headers["Location"]))
    assert "The visit is approved, the letter is on its way" in html
    heard = [person.person, *make.speaking_for(cast.ngo)]
    told = re.findall(r'#i-mail"/></svg><span>([^<]*)</span>', html)
    assert sorted(told) == sorted(map(str, heard))
    assert make.told(visit, "visit_approve") == make.ids(heard)


def test_where_children_are_a_supervisor_is_named(cast: SimpleNamespace) -> None:
    visit, client = make.request(cast, make.helper(cast)), make.signed_in(cast.director)
    for button in ({}, {"send": "1"}):
        answer = check(client, visit, choice="approve", supervisor="", **button)
        assert list(answer.context["form"].errors) == ["supervisor"]
    assert make.again(visit).case.state == "requested"


def test_elsewhere_nobody_has_to_be_named() -> None:
    cast = make.house(kind="E")
    visit, client = make.request(cast, make.helper(cast)), make.signed_in(cast.director)
    check(client, visit, choice="approve", supervisor="", send="1")
    assert make.again(visit).case.state == "approved"


@pytest.mark.parametrize("code", [one for one in VisitRefusal if one not in ("V1", "V2")])
def test_a_refusal_says_why_in_words(cast: SimpleNamespace, code: str) -> None:
    visit, client = make.request(cast, make.helper(cast)), make.signed_in(cast.director)
    answer = check(client, visit, choice="refuse", code=code, reason=" ")
    assert list(answer.context["form"].errors) == ["reason"]
    check(client, visit, choice="refuse", code=code, reason="We are sorry.", send="1")
    assert make.again(visit).case.state == "refused"
    assert Decision.objects.get(case=visit.case, step="refuse").code == code


def test_no_place_needs_no_words_and_frees_the_places(cast: SimpleNamespace) -> None:
    visit, client = make.request(cast, make.helper(cast)), make.signed_in(cast.director)
    check(client, visit, choice="refuse", code="V1", reason="", send="1")
    html = make.words(client.get(f"/requests/{visit.case.ref}/sent/"))
    assert "The visit is refused, the letter is on its way" in html
    assert make.slot(cast, 11).used == 0


def test_closed_by_order_cannot_be_said_without_an_order(cast: SimpleNamespace) -> None:
    visit, client = make.request(cast, make.helper(cast)), make.signed_in(cast.director)
    assert 'value="V2" disabled' in page(client, visit)
    answer = check(client, visit, choice="refuse", code="V2", reason="", send="1")
    assert list(answer.context["form"].errors) == ["code"]


def test_another_time_is_offered_and_held(cast: SimpleNamespace) -> None:
    visit, client = make.request(cast, make.helper(cast)), make.signed_in(cast.director)
    slot = make.slot(cast, 16)
    typed = {"choice": "move", "slot": str(slot.pk), "supervisor": str(cast.desk.pk)}
    html = make.words(check(client, visit, **typed))
    assert "Another time is offered: Организация" in html
    assert "Thursday, 9 July 2026, 16:00" in html
    answer = check(client, visit, **typed, send="1")
    html = make.words(client.get(answer.headers["Location"]))
    assert "Another time is offered, the letter is on its way" in html
    assert "until Thursday, 9 July 2026" in html
    assert make.slot(cast, 16).used == 1


def test_offering_no_time_is_told_beside_the_field(cast: SimpleNamespace) -> None:
    visit, client = make.request(cast, make.helper(cast)), make.signed_in(cast.director)
    answer = check(client, visit, choice="move", supervisor=str(cast.desk.pk))
    assert list(answer.context["form"].errors) == ["slot"]


def test_who_is_not_cleared_stops_approval_without_naming_papers(cast: SimpleNamespace) -> None:
    person = make.helper(cast)
    visit, client = make.request(cast, person), make.signed_in(cast.director)
    form = hidden(page(client, visit))
    Volunteer.objects.filter(pk=person.pk).update(born_on=date(2010, 1, 1))
    html = page(client, visit)
    assert 'value="approve" disabled' in html
    assert "Not cleared for “supervised contact” on the day of the visit" in html
    for button in ({}, {"send": "1"}):
        answer = check(
            client, visit, form, choice="approve", supervisor=str(cast.desk.pk), **button
        )
        assert answer.context["form"].non_field_errors() == [
            "Not everybody named is cleared for this visit: see beside their names."
        ]
    assert make.again(visit).case.state == "requested"


def test_the_desk_cannot_decide_what_is_the_directors(cast: SimpleNamespace) -> None:
    visit = make.request(cast, make.helper(cast), code="T08")
    director, client = make.signed_in(cast.director), make.signed_in(cast.desk)
    assert "The director decides this request" in page(client, visit)
    answer = check(
        client,
        visit,
        hidden(page(director, visit)),
        choice="approve",
        supervisor=str(cast.desk.pk),
        send="1",
    )
    assert answer.status_code == 200
    assert make.again(visit).case.state == "requested"


def test_nobody_decides_for_the_side_they_come_from(cast: SimpleNamespace) -> None:
    visit = make.request(cast, make.helper(cast))
    factories.member(cast.ngo.organisation, Role.VOLUNTEER, who=cast.director)
    client = make.signed_in(cast.director)
    assert "You belong to the side that asks" in page(client, visit)
    agree(cast, client, visit)
    assert make.again(visit).case.state == "requested"


def test_the_second_decider_is_told_who_was_first(cast: SimpleNamespace) -> None:
    visit = make.request(cast, make.helper(cast))
    first, second = make.signed_in(cast.desk), make.signed_in(cast.director)
    seen = hidden(page(second, visit))
    agree(cast, first, visit)
    answer = check(second, visit, seen, choice="refuse", code="V1", reason="", send="1")
    html = make.words(answer)
    assert f"Already decided by {cast.desk}, visits desk, Wednesday, 8 July 2026, 12:00." in html
    assert "Now: booked." in html
    assert "The visit was approved" in html
    assert Decision.objects.filter(case=visit.case, decides=True).count() == 1
    assert "Already decided by" in page(second, visit)


def test_a_double_click_decides_once(cast: SimpleNamespace) -> None:
    visit, client = make.request(cast, make.helper(cast)), make.signed_in(cast.desk)
    form = hidden(page(client, visit))
    typed = {"choice": "approve", "supervisor": str(cast.desk.pk), "send": "1"}
    answers = [check(client, visit, form, **typed).headers["Location"] for _ in range(2)]
    assert answers == [f"/requests/{visit.case.ref}/sent/"] * 2
    assert Decision.objects.filter(case=visit.case, step="approve").count() == 1


def test_other_houses_and_other_roles_find_no_such_page(cast: SimpleNamespace) -> None:
    visit = make.request(cast, make.helper(cast))
    other = factories.institution()
    outsiders = [
        factories.member(other.organisation, Role.DIRECTOR),
        cast.gate,
        cast.coordinator,
        factories.person(),
    ]
    for person in outsiders:
        client = make.signed_in(person)
        for where in ("", "check/", "sent/"):
            assert client.get(f"/requests/{visit.case.ref}/{where}").status_code == 404
    assert Client().get(QUEUE).status_code == 302
    assert make.signed_in(cast.director).get("/requests/V-0/").status_code == 404


HOSTILE = [
    {"choice": "marry"},
    {"choice": "approve", "supervisor": "9" * 40},
    {"choice": "move", "slot": "9" * 40},
    {"choice": "move", "slot": "\x00"},
    {"choice": "refuse", "code": "V99", "reason": "x"},
    {"choice": "refuse", "code": "V1", "reason": "a\x00b"},
    {"choice": "refuse", "code": "V8", "reason": "x" * 2001},
    {"choice": "approve", "seen": "9" * 40},
    {"choice": "approve", "key": "k" * 500},
    {},
]


@pytest.mark.parametrize("button", [{}, {"send": "1"}, {"back": "1"}])
def test_nonsense_is_answered_in_words(cast: SimpleNamespace, button: dict[str, str]) -> None:
    visit, client = make.request(cast, make.helper(cast)), make.signed_in(cast.director)
    for typed in HOSTILE:
        assert check(client, visit, **typed, **button).status_code == 200, typed
        assert make.again(visit).case.state == "requested"


def asked(client: Client, where: str) -> int:
    with CaptureQueriesContext(connection) as questions:
        assert client.get(where).status_code == 200
    return len(questions)


def test_the_decision_asks_as_few_questions_for_many(cast: SimpleNamespace) -> None:
    client = make.signed_in(cast.director)
    one = make.request(cast, make.helper(cast))
    six = make.request(cast, *(make.helper(cast) for _ in range(6)), hour=16)
    counts = [asked(client, f"/requests/{visit.case.ref}/") for visit in (one, six)]
    assert counts == [10, 10]
