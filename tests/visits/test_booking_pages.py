"""The pages on which a visit is found, chosen, asked for and followed."""

import re
from collections.abc import Iterator
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.roles import Role
from casework.sweep import sweep
from institutions.models import GuestMode, Slot
from tests import factories
from tests.institutions import doing
from tests.visits import receiving as make
from tests.visits.asking import another_house, close, hat, take
from tests.visits.receiving import NOON, TODAY, TOMORROW, at
from tests.volunteers import making
from visits.flows import VisitFlow
from visits.flows.stages import S
from visits.models import GateKind, Hours, Visit
from visits.services import gate
from volunteers.models import Volunteer

pytestmark = pytest.mark.django_db
FIND = "/visits/find/"
# The session, the reader, their hats, what is new for them, and the menu's count.
FRAME = 5


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def cast() -> SimpleNamespace:
    return make.house()


def asked(client: Client, url: str) -> tuple[str, int]:
    """The page in words, and how many queries it took beside its frame."""
    with CaptureQueriesContext(
        connection,
    ) as queries:
        answer = client.get(url)
    assert answer.status_code == 200, url
    return make.words(answer), len(queries) - FRAME


def new(slot: Slot) -> str:
    return f"/visits/new/{slot.pk}/"


def typed(**changes: Any) -> dict[str, Any]:
    whole = {
        "key": make.key(),
        "type": str(doing.type_("T01")),
        "programme": "Читаем вслух",
        "well": "on",
    }
    return whole | changes


def booked_by(client: Client, slot: Slot, **changes: Any) -> Any:
    return client.post(new(slot), typed(send="1", **changes))


def without_test(cast: SimpleNamespace) -> Volunteer:
    who = making.volunteer(cast.ngo.organisation)
    making.clear(who, "V2", institution=cast.house, on=TODAY, without=["test"])
    return who


def test_a_volunteer_finds_what_they_can_take(cast: SimpleNamespace) -> None:
    html, _ = asked(make.signed_in(make.helper(cast).person), FIND)
    assert "<h1>Visits I can take now</h1>" in html
    assert html.count("Take it<span") == 4
    assert "Not yet" not in html


def test_what_cannot_be_taken_is_counted_with_its_remedy(cast: SimpleNamespace) -> None:
    html, _ = asked(make.signed_in(without_test(cast).person), FIND)
    assert "<h1>There is no visit to take now</h1>" in html
    assert "Not yet: 4 more times" in html
    assert "keeps 4 times closed" in html
    assert 'href="/clearance/#test"' in html


def test_a_coordinator_finds_the_times_of_their_agreements(cast: SimpleNamespace) -> None:
    html, _ = asked(make.signed_in(cast.coordinator), FIND)
    assert "<h1>Free times for our volunteers</h1>" in html
    assert html.count("Take it<span") == 4
    stranger = factories.member(factories.ngo().organisation, Role.COORDINATOR)
    html, _ = asked(make.signed_in(stranger), FIND)
    assert html.count("Take it<span") == 0


@pytest.mark.parametrize(
    ("chosen", "times"),
    [
        ({"weekday": "3"}, 4),
        ({"weekday": "2"}, 0),
        ({"part": "morning"}, 2),
        ({"part": "day"}, 2),
        ({"part": "evening"}, 0),
        ({"part": "morning", "weekday": "3"}, 2),
        ({"type": "T05"}, 4),
        ({"type": "T19"}, 4),
        ({"institution": "nowhere\x00"}, 4),
        ({"okrug": "9" * 500}, 4),
    ],
)
def test_the_list_is_narrowed_by_what_it_offers(
    cast: SimpleNamespace, chosen: dict[str, str], times: int
) -> None:
    answer = make.signed_in(cast.coordinator).get(FIND, chosen)
    assert answer.status_code == 200
    assert make.words(answer).count("Take it<span") == times


def test_the_list_is_read_page_by_page(cast: SimpleNamespace) -> None:
    _many_times(cast)
    client = make.signed_in(cast.coordinator)
    html, _ = asked(client, FIND + "?weekday=&part=")
    first = html.count("Take it<span")
    assert first == 40
    second = asked(client, FIND + "?page=2")[0].count("Take it<span")
    # One time is left today, thirteen days have four, the last day has two before noon.
    assert (first + second, "Page 1 of 2" in html) == (1 + 13 * 4 + 2, True)


def test_the_list_costs_the_same_however_long_it_is(cast: SimpleNamespace) -> None:
    client = make.signed_in(make.helper(cast).person)
    small = asked(client, FIND)[1]
    for _ in range(2):
        another_house(cast)
    assert asked(client, FIND)[1] == small <= 8


def test_a_month_shows_days_to_choose_and_says_why_others_are_closed(
    cast: SimpleNamespace,
) -> None:
    close(cast, TODAY + timedelta(days=14), TODAY + timedelta(days=16))
    client = make.signed_in(make.helper(cast).person)
    url = f"/visits/slots/{cast.house.organisation.ref}/"
    html, _ = asked(client, url)
    assert [int(day) for day in re.findall(r'<a href="#d2026-07-(\d\d)">', html)] == [9, 16, 30]
    assert "22–24 July: closed by order no. 52, the last day is 24 July" in html
    Slot.objects.filter(pk=make.slot(cast).pk).update(used=30)
    Slot.objects.filter(pk=make.slot(cast, 16).pk).update(used=30)
    assert "9 July: no place is left" in asked(client, url)[0]


def test_a_month_says_when_clearance_is_missing(cast: SimpleNamespace) -> None:
    client = make.signed_in(without_test(cast).person)
    html, _ = asked(client, f"/visits/slots/{cast.house.organisation.ref}/")
    assert "9, 16, 23, 30 July: your clearance does not reach that far yet" in html


def test_a_chosen_time_leads_to_its_booking(cast: SimpleNamespace) -> None:
    client = make.signed_in(make.helper(cast).person)
    url = f"/visits/slots/{cast.house.organisation.ref}/"
    slot = make.slot(cast)
    assert client.get(url, {"slot": slot.pk, "go": "1"})["Location"] == new(slot)
    assert "No time is chosen" in make.words(client.get(url, {"go": "1"}))
    for month in ("2026-13", "1999-01", "9999-99", "\x00", "2026-07-01", "x" * 1000):
        assert client.get(url, {"month": month, "slot": "\x00"}).status_code == 200
    assert client.get("/visits/slots/nowhere/").status_code == 404


def test_a_month_costs_the_same_however_many_times_it_has(cast: SimpleNamespace) -> None:
    client = make.signed_in(make.helper(cast).person)
    url = f"/visits/slots/{cast.house.organisation.ref}/"
    small = asked(client, url)[1]
    _many_times(cast)
    assert asked(client, url)[1] == small <= 10


def test_a_volunteer_checks_and_sends_a_request(cast: SimpleNamespace) -> None:
    who, slot = make.helper(cast), make.slot(cast)
    client = make.signed_in(who.person)
    checked = make.words(client.post(new(slot), typed()))
    assert "<h1>Check before sending</h1>" in checked
    assert Visit.objects.count() == 0
    hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', checked))
    answer = client.post(new(slot), hidden | {"send": "1"})
    visit = Visit.objects.get()
    assert answer["Location"] == f"/visits/{visit.case.ref}/"
    assert (visit.programme, visit.case.state) == ("Читаем вслух", S.REQUESTED)
    page, _ = asked(client, answer["Location"])
    assert "<h1>Requested, not booked yet</h1>" in page
    assert "Answer: due Thursday, 9 July 2026" in page
    assert f"/cases/{visit.case.ref}/withdraw/?next=" in page


def test_a_standing_consent_leads_to_another_page_booked() -> None:
    cast = make.house(kind="E", level="wide", instant=True)
    client = make.signed_in(make.helper(cast).person)
    page, _ = asked(client, booked_by(client, make.slot(cast))["Location"])
    assert "<h1>Booked</h1>" in page
    assert "not booked yet" not in page


def test_the_same_form_sent_twice_is_one_visit(cast: SimpleNamespace) -> None:
    client, same = make.signed_in(make.helper(cast).person), make.key()
    first, second = (booked_by(client, make.slot(cast), key=same) for _ in range(2))
    assert first["Location"] == second["Location"]
    assert Visit.objects.count() == 1


def test_going_back_from_the_check_keeps_what_was_typed(cast: SimpleNamespace) -> None:
    client = make.signed_in(make.helper(cast).person)
    html = make.words(client.post(new(make.slot(cast)), typed(back="1")))
    assert "> Читаем вслух</textarea>" in html


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"well": ""}, "Without this nobody is let in."),
        ({"type": ""}, "This field is required."),
        ({"type": "999999"}, "Select a valid choice."),
        ({"programme": "x" * 501}, "at most 500 characters"),
        ({"programme": "a\x00b"}, "Null characters are not allowed."),
        ({"key": "k\x00"}, "Null characters are not allowed."),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(
    cast: SimpleNamespace, changes: dict[str, str], error: str
) -> None:
    client = make.signed_in(make.helper(cast).person)
    answer = booked_by(client, make.slot(cast), **changes)
    assert answer.status_code == 200
    assert error in make.words(answer)
    assert Visit.objects.count() == 0


def test_every_reason_why_not_is_said_at_once_with_another_time(cast: SimpleNamespace) -> None:
    who = make.helper(cast)
    client = make.signed_in(who.person)
    make.request(cast, who)
    GuestMode.objects.filter(site=cast.site).update(notice_hours=24)
    html = make.words(client.get(new(make.slot(cast))))
    assert "two things" not in html
    assert "2 things stand in the way" in html
    assert "The institution wants to know 24 hours ahead." in html
    assert f"{who.person} is expected elsewhere at this time." in html
    assert html.count('<li><a href="/visits/new/') == 3


def test_missing_clearance_is_said_with_the_page_that_mends_it(cast: SimpleNamespace) -> None:
    client = make.signed_in(without_test(cast).person)
    html = make.words(client.get(new(make.slot(cast))))
    assert "1 thing stands in the way" in html
    assert 'href="/clearance/#test"' in html
    assert booked_by(client, make.slot(cast)).status_code == 200
    assert Visit.objects.count() == 0


def test_without_an_agreement_there_is_one_reason(cast: SimpleNamespace) -> None:
    stranger = making.volunteer(factories.ngo().organisation)
    html = make.words(make.signed_in(stranger.person).get(new(make.slot(cast))))
    assert "1 thing stands in the way" in html
    assert "covers this type on that day" in html


def test_a_coordinator_names_whoever_is_cleared_and_sees_what_others_lack(
    cast: SimpleNamespace,
) -> None:
    ready, lacking = make.helper(cast), without_test(cast)
    client, slot = make.signed_in(cast.coordinator), make.slot(cast)
    html = make.words(client.get(new(slot)))
    assert f'value="{ready.person.pk}"' in html
    assert f'value="{lacking.person.pk}"' not in html
    assert "1 person cannot be named now: why" in html
    assert "Knowledge test: there is none yet." in html
    refused = booked_by(client, slot, people=[lacking.person.pk])
    assert "Select a valid choice." in make.words(refused)
    booked_by(client, slot, people=[ready.person.pk])
    assert [part.volunteer for part in Visit.objects.get().participations.all()] == [ready.person]


def test_a_coordinator_with_nobody_to_name_is_told_so(cast: SimpleNamespace) -> None:
    without_test(cast)
    html = make.words(make.signed_in(cast.coordinator).get(new(make.slot(cast))))
    assert "Nobody of your NGO can be named for this time" in html
    assert "Check before sending" not in html


def test_the_form_costs_the_same_however_many_can_be_named(cast: SimpleNamespace) -> None:
    client, slot = make.signed_in(cast.coordinator), make.slot(cast)
    make.helper(cast)
    small = asked(client, new(slot))[1]
    for name in ("Пётр", "Вера", "Илья"):
        make.helper(cast, name)
    assert asked(client, new(slot))[1] == small <= 10


def test_sending_costs_the_same_however_many_come(cast: SimpleNamespace) -> None:
    people = [make.helper(cast, name).person.pk for name in ("Анна", "Пётр", "Вера", "Илья")]
    client = make.signed_in(cast.coordinator)
    counts = []
    for hour, named in ((11, people[:1]), (16, people)):
        with CaptureQueriesContext(connection) as queries:
            assert booked_by(client, make.slot(cast, hour), people=named).status_code == 302
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_a_lost_session_keeps_what_was_typed_but_not_the_word_about_health(
    cast: SimpleNamespace,
) -> None:
    who, slot = make.helper(cast), make.slot(cast)
    client = Client()
    assert client.post(new(slot), typed()).status_code == 302
    client.force_login(who.person)
    html = make.words(client.get(new(slot)))
    assert "> Читаем вслух</textarea>" in html
    inputs = re.findall(r'<input type="(radio|checkbox)"([^>]*)>', html)
    ticked = [kind for kind, rest in inputs if "checked" in rest]
    assert ticked == ["radio"]


def test_an_offered_time_is_answered_on_its_own_page(cast: SimpleNamespace) -> None:
    visit = make.request(cast, make.helper(cast))
    offer = {"slot": str(make.slot(cast, 16).pk), "supervisor": str(cast.desk.pk)}
    take(VisitFlow.move, visit, hat(cast, Role.DESK), reason="Утром занятия", **offer)
    client = make.signed_in(cast.coordinator)
    html, _ = asked(client, f"/visits/{visit.case.ref}/")
    assert "Another time is offered: not booked yet" in html
    assert "Thursday, 9 July 2026, 16:00–18:00" in html
    assert "writes: Утром занятия" in html
    answer = client.post(
        f"/cases/{visit.case.ref}/accept/",
        {"key": make.key(), "next": f"/visits/{visit.case.ref}/"},
    )
    assert answer["Location"] == f"/visits/{visit.case.ref}/"
    assert "<h1>Booked</h1>" in asked(client, answer["Location"])[0]


def test_whoever_is_expected_has_a_pass_and_nobody_else(cast: SimpleNamespace) -> None:
    who, other = make.helper(cast), make.helper(cast, "Пётр")
    visit = make.request(cast, who)
    url = f"/visits/{visit.case.ref}/pass/"
    assert make.signed_in(who.person).get(url).status_code == 404
    make.approve(cast, visit)
    html, _ = asked(make.signed_in(who.person), url)
    assert f'<span class="code-large">{visit.case.ref}</span>' in html
    assert '<path stroke="#000" d="M' in html
    assert "style=" not in html
    for person in (other.person, cast.coordinator):
        assert make.signed_in(person).get(url).status_code == 404
    take(VisitFlow.decline, visit, factories.acting(who.person, TODAY), reason="")
    assert make.signed_in(who.person).get(url).status_code == 404


def test_a_booked_visit_goes_into_the_calendar(cast: SimpleNamespace) -> None:
    who = make.helper(cast)
    visit = make.request(cast, who)
    client, url = make.signed_in(who.person), f"/visits/{visit.case.ref}/visit.ics"
    assert client.get(url).status_code == 404
    make.approve(cast, visit)
    answer = client.get(url)
    assert answer["Content-Type"] == "text/calendar"
    assert f"UID:{visit.case.ref}@open-doors" in answer.content.decode()


@pytest.mark.parametrize("tail", ["", "pass/", "visit.ics", "hours/"])
def test_a_visit_of_others_does_not_exist(cast: SimpleNamespace, tail: str) -> None:
    visit = make.booked(cast, make.helper(cast))
    elsewhere = factories.ngo().organisation
    for role in (Role.VOLUNTEER, Role.COORDINATOR, Role.HEAD):
        stranger = make.signed_in(factories.member(elsewhere, role))
        assert stranger.get(f"/visits/{visit.case.ref}/{tail}").status_code == 404
        assert stranger.get(f"/visits/V-0/{tail}").status_code == 404


@pytest.mark.parametrize("role", ["desk", "director", "gate", "officer"])
def test_only_those_who_ask_find_and_book(cast: SimpleNamespace, role: str) -> None:
    client = make.signed_in(getattr(cast, role))
    for url in ("/visits/", FIND, new(make.slot(cast))):
        assert client.get(url).status_code == 404


def test_a_volunteer_sees_what_comes_and_what_is_over(cast: SimpleNamespace) -> None:
    who = make.helper(cast)
    client = make.signed_in(who.person)
    assert "<h1>No visit is ahead of you</h1>" in asked(client, "/visits/")[0]
    visit = make.request(cast, who)
    assert "<h1>Your next visit is not booked yet</h1>" in asked(client, "/visits/")[0]
    make.approve(cast, visit)
    html, _ = asked(client, "/visits/")
    assert "<h1>You are expected: Thursday, 9 July 2026, 11:00</h1>" in html
    take(VisitFlow.decline, visit, factories.acting(who.person, TODAY), reason="")
    html, _ = asked(client, "/visits/")
    assert "<h1>No visit is ahead of you</h1>" in html
    assert "you do not come" in html


def test_the_hours_are_seen_confirmed_and_shown(cast: SimpleNamespace) -> None:
    who = make.helper(cast)
    visit = _over(cast, who)
    client = make.signed_in(cast.coordinator)
    assert "1 visit waits for its hours" in asked(client, "/visits/")[0]
    html, _ = asked(client, f"/visits/{visit.case.ref}/hours/")
    assert "<b>1 h 55 min</b>" in html
    form = dict(re.findall(r'name="(key|seen|next)" value="([^"]*)"', html))
    answer = client.post(f"/cases/{visit.case.ref}/close/", form)
    assert answer["Location"] == f"/visits/{visit.case.ref}/"
    assert Hours.objects.get().minutes == 115
    mine, _ = asked(make.signed_in(who.person), "/visits/")
    assert "1 h 55 min" in mine


def test_a_volunteer_does_not_open_the_hours(cast: SimpleNamespace) -> None:
    who = make.helper(cast)
    visit = _over(cast, who)
    assert make.signed_in(who.person).get(f"/visits/{visit.case.ref}/hours/").status_code == 404


def test_the_roster_shows_its_parts_by_day(cast: SimpleNamespace) -> None:
    make.request(cast, make.helper(cast))
    make.booked(cast, make.helper(cast, "Пётр"), hour=16)
    client = make.signed_in(cast.coordinator)
    html, _ = asked(client, "/visits/")
    assert html.count(">Thursday, 9 July 2026</h2>") == 1
    assert html.count("<tr><th") == 2 + 1
    assert "Пётр" not in asked(client, "/visits/?part=waiting")[0]
    for part in ("past", "nothing", "\x00", "hours"):
        assert client.get("/visits/", {"part": part, "page": "x\x00"}).status_code == 200


def test_the_lists_cost_the_same_however_long_they_are(cast: SimpleNamespace) -> None:
    who = make.helper(cast)
    make.request(cast, who)
    clients = [make.signed_in(who.person), make.signed_in(cast.coordinator)]
    small = [asked(client, "/visits/")[1] for client in clients]
    for week in (1, 2, 3):
        make.request(cast, who, make.helper(cast, "Пётр"), on=TOMORROW + timedelta(days=7 * week))
    assert [asked(client, "/visits/")[1] for client in clients] == small
    assert max(small) <= 8


def test_a_visit_costs_the_same_however_many_come(cast: SimpleNamespace) -> None:
    who = make.helper(cast)
    alone = make.booked(cast, who)
    together = make.booked(cast, who, make.helper(cast, "Пётр"), make.helper(cast, "Вера"), hour=16)
    client = make.signed_in(who.person)
    small, large = (asked(client, f"/visits/{one.case.ref}/")[1] for one in (alone, together))
    assert small == large <= 10


def _many_times(cast: SimpleNamespace) -> None:
    windows = [doing.window(day, hour, hour + 1) for day in range(7) for hour in range(10, 14)]
    doing.declare(cast.site, at=NOON, windows=windows, notice_hours=1)


def _over(cast: SimpleNamespace, who: Volunteer) -> Visit:
    visit = make.booked(cast, who)
    part = visit.participations.select_related("visit__case", "volunteer").get()
    for kind, moment in ((GateKind.IN, at(11, 5)), (GateKind.OUT, at(13))):
        gate.note(part, kind, by=hat(cast, Role.GATE), at=moment, key=make.key(), healthy=True)
    sweep(at(13))
    return make.again(visit)


def test_the_institution_goes_on_to_its_own_page(cast: SimpleNamespace) -> None:
    visit = make.request(cast, make.helper(cast))
    html, _ = asked(make.signed_in(cast.desk), f"/visits/{visit.case.ref}/")
    assert f'href="/requests/{visit.case.ref}/"' in html
    assert "/withdraw/" not in html


def test_whoever_comes_alone_withdraws_and_one_of_two_declines(cast: SimpleNamespace) -> None:
    who = make.helper(cast)
    client = make.signed_in(who.person)
    url = booked_by(client, make.slot(cast))["Location"]
    assert "/decline/" not in asked(client, url)[0]
    both = make.request(cast, who, make.helper(cast, "Пётр"), hour=16)
    html, _ = asked(client, f"/visits/{both.case.ref}/")
    assert "/decline/" in html
    assert "/withdraw/" not in html
