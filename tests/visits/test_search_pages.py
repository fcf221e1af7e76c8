"""The pages on which a visit is found: the list of free times and the month of one institution."""

import re
from datetime import timedelta
from types import SimpleNamespace

import pytest

from accounts.roles import Role
from institutions.models import Slot
from tests import factories
from tests.institutions import doing
from tests.visits import receiving as make
from tests.visits.asking import another_house, close, without_test
from tests.visits.pages import asked, new
from tests.visits.receiving import NOON, TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
FIND = "/visits/find/"


def many_times(cast: SimpleNamespace) -> None:
    windows = [doing.window(day, hour, hour + 1) for day in range(7) for hour in range(10, 14)]
    doing.declare(cast.site, at=NOON, windows=windows, notice_hours=1)


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
    many_times(cast)
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
    many_times(cast)
    assert asked(client, url)[1] == small <= 10


@pytest.mark.parametrize("role", ["desk", "director", "gate", "officer"])
def test_only_those_who_ask_find_and_book(cast: SimpleNamespace, role: str) -> None:
    client = make.signed_in(getattr(cast, role))
    for url in ("/visits/", FIND, new(make.slot(cast))):
        assert client.get(url).status_code == 404
