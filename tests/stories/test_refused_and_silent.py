"""A request is refused with a code and words; another is met with silence."""

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace

import pytest
from playwright.sync_api import Page

from accounts.roles import Role
from casework.sweep import sweep
from tests import factories
from tests.stories.conftest import Stage
from tests.stories.reading import faults, words
from tests.visits import asking
from tests.visits import receiving as make

# The database is made before the browser, so that it is thrown away after it.
pytestmark = pytest.mark.usefixtures("django_db_setup")
WHY = "Дети на сборах до конца недели. Приходите в следующую субботу."
IN_A_WEEK = make.TOMORROW + timedelta(days=7)
AFTER_THE_TERM = make.NOON + timedelta(days=2)
SAID = {
    "ru": SimpleNamespace(
        refused="Отказано",
        not_fit="программа не подходит этой группе",
        now="Что можно сейчас",
        told="Ответа в срок не было",
        lapsed="Срок истёк",
        free="Срок прошёл без ответа, места снова свободны. Департамент об этом знает.",
        letters={"refused": "Отказано", "escalated": "Нет ответа в срок", "lapsed": "Срок истёк"},
    ),
    "en": SimpleNamespace(
        refused="Refused",
        not_fit="the programme does not fit the group",
        now="What you can do now",
        told="No answer came in time: the Department was told",
        lapsed="Lapsed",
        free="The time limit passed without an answer, and the places are free again. "
        "The Department knows.",
        letters={"refused": "Refused", "escalated": "No answer in time", "lapsed": "Lapsed"},
    ),
}

Phone = Callable[..., Page]


def test_a_refusal_says_why_and_what_can_be_done(phone: Phone, language: str) -> None:
    # Given a request that waits for the desk
    said, cast = SAID[language], make.house()
    who = make.helper(cast)
    visit = asking.book_as(who, cast)
    volunteer, desk = phone(who.person), phone(cast.desk)

    # When the desk refuses without words, then it is asked for them
    desk.goto(f"/requests/{visit.case.ref}/")
    desk.check("input[name=choice][value=refuse]")
    desk.check("input[name=code][value=V4]")
    desk.click("main form button")
    desk.wait_for_selector(".error-summary")
    assert faults(desk) == []

    # When it writes them, looks at the letter and sends it
    desk.fill("[name=reason]", WHY)
    desk.click("main form button")
    desk.wait_for_url("**/check/")
    assert WHY in words(desk, ".letter")
    assert faults(desk) == []
    desk.click("button[name=send]")
    desk.wait_for_url("**/sent/")
    assert faults(desk) == []

    # Then the volunteer is told, and reads why and what can be done now
    volunteer.goto("/notices/")
    assert words(volunteer, "main article h2").startswith(said.letters["refused"])
    volunteer.click("main article a")
    assert words(volunteer, "h1") == said.refused
    assert said.not_fit in words(volunteer)
    assert WHY in words(volunteer)
    assert said.now in words(volunteer)
    assert faults(volunteer) == []
    volunteer.click(f"section a[href='/visits/slots/{cast.house.organisation.ref}/']")
    volunteer.wait_for_selector("input[name=slot]")


def test_silence_is_heard_and_is_never_consent(stage: Stage, phone: Phone, language: str) -> None:
    # Given a request in a week that nobody answers
    said, cast = SAID[language], make.house()
    who, slot = make.helper(cast), make.slot(cast, on=IN_A_WEEK)
    visit = asking.book_as(who, cast, slot=slot)
    watcher = phone(factories.member(factories.department(), Role.COMMISSIONER))
    volunteer = phone(who.person)
    address = f"/visits/{visit.case.ref}/"

    # When the term of the answer passes
    stage.clock.move_to(AFTER_THE_TERM)
    sweep(AFTER_THE_TERM)

    # Then the Department sees it among what is late, and the volunteer knows it was told
    watcher.goto("/start/")
    assert watcher.url.endswith("/late/")
    assert faults(watcher) == []
    watcher.click(f"main a[href='/cases/{visit.case.ref}/']")
    assert faults(watcher) == []
    volunteer.goto(address)
    assert said.told in words(volunteer)
    assert faults(volunteer) == []
    assert asking.used(slot) == 1

    # When its time comes all the same
    stage.clock.move_to(slot.during.lower)
    sweep(slot.during.lower)

    # Then the place is free, nothing is late any more, and the ending is called by its name
    assert asking.used(slot) == 0
    watcher.goto("/late/")
    assert watcher.locator(f"main a[href='/cases/{visit.case.ref}/']").count() == 0
    assert newest(volunteer, 2) == [said.letters["lapsed"], said.letters["escalated"]]
    volunteer.goto(address)
    assert words(volunteer, "h1") == said.lapsed
    assert said.free in words(volunteer)
    assert faults(volunteer) == []


def newest(reader: Page, count: int) -> list[str]:
    """What the newest notices are about, before the colon."""
    reader.goto("/notices/")
    told = [words(reader, f"main article >> nth={n} >> h2") for n in range(count)]
    return [one.split(":")[0] for one in told]
