"""The pages on which a visit is followed: the answer, the pass, the calendar, hours, the lists."""

import re
from datetime import timedelta
from types import SimpleNamespace

import pytest

from accounts.roles import Role
from tests import factories
from tests.visits import receiving as make
from tests.visits.asking import hat, over, take
from tests.visits.pages import asked, booked_by
from tests.visits.receiving import TODAY, TOMORROW
from visits.flows import VisitFlow
from visits.models import Hours

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


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


def test_a_visit_costs_the_same_however_many_come(cast: SimpleNamespace) -> None:
    who = make.helper(cast)
    alone = make.booked(cast, who)
    together = make.booked(cast, who, make.helper(cast, "Пётр"), make.helper(cast, "Вера"), hour=16)
    client = make.signed_in(who.person)
    small, large = (asked(client, f"/visits/{one.case.ref}/")[1] for one in (alone, together))
    assert small == large <= 10


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
    visit = over(cast, who)
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
    visit = over(cast, who)
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
