"""The pages on which a year is looked at, changed and confirmed."""

from collections.abc import Iterator
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client

from accounts.hats import Acting
from casework import changing
from casework.calendar import working_calendar
from casework.models import (
    CalendarChange,
    CalendarVersion,
)
from tests import factories as make
from tests.accounts.sessions import signed_in
from tests.casework import clockwork
from tests.casework.calendars import DAY, NOW, SATURDAY, THURSDAY, confirm, proposed
from tests.registry.applicants import applicant

MOSCOW = ZoneInfo("Europe/Moscow")
pytestmark = pytest.mark.django_db


@pytest.fixture
def one() -> Acting:
    return make.acting(make.registrar())


@pytest.fixture
def two() -> Acting:
    return make.acting(make.registrar())


# --- pages ----------------------------------------------------------------------------------------


@pytest.fixture
def browser(one: Acting) -> Iterator[Client]:
    with time_machine.travel(NOW, tick=False):
        yield signed_in(one.user, "mfa")  # type: ignore[arg-type]


def marks(year: int) -> list[str]:
    calendar, first = working_calendar(), date(year, 1, 1)
    days = [first + n * DAY for n in range(365)]
    rest = {on.isoformat() for on in days if not calendar.is_working(on)}
    return sorted(rest)


def sent(**fields: Any) -> dict[str, Any]:
    rest = {*marks(2026), THURSDAY.isoformat()} - {SATURDAY.isoformat()}
    form = {"key": "k", "based_on": "1", "rest": sorted(rest), "decreed": "on"}
    return form | {"act_number": "812", "act_on": "2026-06-05"} | fields


def test_a_year_is_marked_and_proposed_on_its_page(browser: Client) -> None:
    answer = browser.get("/calendar/2026/change/")
    assert answer.status_code == 200
    assert answer.content.count(b'name="rest"') == 365
    answer = browser.post("/calendar/2026/change/", sent())
    change = CalendarChange.objects.get()
    assert answer["Location"] == f"/calendar/changes/{change.case.ref}/"
    assert changing.days_of(change) == {THURSDAY: False, SATURDAY: True}
    assert browser.get(answer["Location"]).status_code == 200


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"act_number": ""}, {"act_number"}),
        ({"act_number": "\x00"}, {"act_number"}),
        ({"act_on": "2026-02-31"}, {"act_on"}),
        ({"act_on": "9999-12-31"}, {"act_on"}),
        ({"rest": []}, {"rest"}),
        ({"rest": ["2027-01-01"]}, {"rest"}),
        ({"rest": ["\x00", "x"]}, {"rest"}),
        ({"based_on": "x"}, {"based_on"}),
        ({"based_on": "99999999999999999999"}, {"based_on"}),
    ],
)
def test_wrong_input_is_answered_beside_its_field_and_nothing_typed_is_lost(
    browser: Client, fields: dict[str, Any], wrong: set[str]
) -> None:
    answer = browser.post("/calendar/2026/change/", sent(**fields))
    assert answer.status_code == 200
    assert set(answer.context["form"].errors) == wrong
    if "rest" not in fields:
        off = [d for m in answer.context["form"].months for w in m.weeks for d in w if d and d.rest]
        assert THURSDAY in {day.on for day in off}
    assert not CalendarChange.objects.exists()


def test_a_version_that_never_was_is_refused_in_words(browser: Client) -> None:
    answer = browser.post("/calendar/2026/change/", sent(based_on="77"))
    assert answer.status_code == 200
    assert answer.context["form"].errors


@time_machine.travel(NOW, tick=False)
def test_a_second_person_sees_what_would_move_and_confirms(one: Acting, two: Acting) -> None:
    terms = [clockwork.begin(NOW, 3) for _number in range(changing.MOST + 3)]
    change = proposed(one, {THURSDAY: False})
    page = f"/calendar/changes/{change.case.ref}/"
    browser = signed_in(two.user, "mfa")  # type: ignore[arg-type]
    found = browser.get(page).context["done"]
    assert (len(found.later), found.more_later) == (changing.MOST, 3)
    step = f"/cases/{change.case.ref}/confirm/"
    assert browser.get(step)["Location"] == page
    answer = browser.post(step, {"key": "k", "seen": change.case.version, "next": page})
    assert answer["Location"] == page
    found = browser.get(page).context["done"]
    assert (found.moved, len(found.later)) == (len(terms), changing.MOST)
    assert {one.term.pk for one in found.later} <= {term.pk for term in terms}


@pytest.mark.parametrize(
    "address", ["/calendar/2023/", "/calendar/99999/", "/calendar/99999999999999999999/"]
)
def test_a_year_that_the_calendar_does_not_hold_is_no_page(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("language", ["ru", "en"])
def test_everybody_sees_the_years_and_the_versions(
    client: Client, one: Acting, two: Acting, language: str
) -> None:
    confirm(proposed(one, {THURSDAY: False}), two)
    client.cookies["django_language"] = language
    answer = client.get("/calendar/")
    assert [year.pk for year in answer.context["years"]] == list(range(2024, 2036))
    assert [version.number for version in answer.context["versions"]] == [2, 1]
    assert b"/change/" not in answer.content
    assert client.get("/calendar/2026/").status_code == 200


def test_another_case_is_no_change_of_the_calendar(browser: Client) -> None:
    made = applicant(at=NOW)
    made.submit(NOW)
    assert browser.get(f"/calendar/changes/{made.application.case.ref}/").status_code == 404
    assert browser.get("/calendar/changes/K-999/").status_code == 404
    assert CalendarVersion.objects.count() == 1
