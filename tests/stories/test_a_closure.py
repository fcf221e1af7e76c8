"""The director closes the house by an order on a day for which people are booked."""

import re
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from playwright.sync_api import Page

from tests.stories.conftest import Stage
from tests.stories.reading import faults, words
from tests.stories.test_refused_and_silent import IN_A_WEEK
from tests.visits import receiving as make
from visits.models import Visit

# The database is made before the browser, so that it is thrown away after it.
pytestmark = pytest.mark.usefixtures("django_db_setup")
SAID = {
    "ru": SimpleNamespace(
        cancelled="Отменено",
        letter="Визит отменён",
        ground="Основание: приказ 52",
        shut="Закрыта",
        outcome="будет отменён, об этом узнают все",
    ),
    "en": SimpleNamespace(
        cancelled="Cancelled",
        letter="The visit is cancelled",
        ground="The ground: order 52",
        shut="Shut",
        outcome="will be cancelled; everybody is told",
    ),
}

Phone = Callable[..., Page]


def test_a_closure(stage: Stage, phone: Phone, language: str) -> None:
    # Given two visits booked on the day to be closed, and one a week later
    said, cast = SAID[language], make.house()
    who = make.helper(cast)
    inside = [make.booked(cast, who), make.booked(cast, make.helper(cast, "Илья"), hour=16)]
    later = make.booked(cast, make.helper(cast, "Вера"), on=IN_A_WEEK)

    # When the director writes the order
    director = phone(cast.director)
    write_the_order(director)

    # Then they see whom it touches, and nothing has happened yet
    assert faults(director) == []
    touched = director.locator("section[aria-labelledby=touched] li")
    assert touched.count() == len(inside)
    assert words(director).count(said.outcome) == len(inside)
    assert [asked(one) for one in inside] == ["approved", "approved"]

    # When they confirm, then these visits are cancelled, and the later one is not
    director.click("main form button.danger")
    director.wait_for_url(re.compile(r"/cases/M-\d+/$"))
    assert faults(director) == []
    assert [asked(one) for one in (*inside, later)] == ["cancelled", "cancelled", "approved"]

    # And the volunteer has a letter with the order in it, and reads the same on the page
    volunteer = phone(who.person)
    volunteer.goto("/notices/")
    assert words(volunteer, "main article >> nth=0 >> h2").startswith(said.letter)
    assert said.ground in words(volunteer, "main article >> nth=0")
    volunteer.click("main article >> nth=0 >> a")
    assert words(volunteer, "h1") == said.cancelled
    assert faults(volunteer) == []

    # And on that day everybody sees the door shut, and by which order
    stage.clock.move_to(make.at(9))
    anybody = phone()
    anybody.goto(f"/institutions/{cast.house.organisation.ref}/")
    assert said.shut in words(anybody, ".declared-practised")
    assert "52" in words(anybody, ".declared-practised")
    assert faults(anybody) == []


def write_the_order(director: Page) -> None:
    """From the door's page to the one on which the closure is confirmed."""
    director.goto("/door/")
    director.click("main a[href='/closure/new/']")
    director.fill("[name=from_on]", make.TOMORROW.isoformat())
    director.fill("[name=through_on]", make.TOMORROW.isoformat())
    director.fill("[name=act_number]", "52")
    director.fill("[name=reason]", "Карантин по гриппу")
    director.click("main form button")
    director.wait_for_url("**/close/")


def asked(visit: Visit) -> str:
    return make.again(visit).case.state
