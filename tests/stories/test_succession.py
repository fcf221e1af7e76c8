"""A director leaves: the next one takes the pack point by point, and nothing is lost."""

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace

import pytest
from playwright.sync_api import Page

from accounts import memberships
from accounts.roles import Role
from casework.sweep import sweep
from institutions.models import Answer, Handover, HandoverItem, ItemKind, Level
from tests import factories
from tests.institutions import doing
from tests.stories.conftest import Stage
from tests.stories.reading import faults, words
from tests.visits.receiving import NOON

# The database is made before the browser, so that it is thrown away after it.
pytestmark = pytest.mark.usefixtures("django_db_setup")
AFTER_THE_TERM = NOON + timedelta(days=40)
PROMISE = "По средам автобус учреждения встречает у метро"
WHY = "Автобус нужен и для школы: договоримся о других днях."
SAID = {
    "ru": SimpleNamespace(
        none="Приём дел: ответ дан на 0 из 6",
        some="Приём дел: ответ дан на 2 из 6",
        confirmed="подтверждено",
        altered="нужно изменить",
        left="2 из 6",
        escalated="Дела не приняты в срок",
    ),
    "en": SimpleNamespace(
        none="Handover: 0 of 6 answered",
        some="Handover: 2 of 6 answered",
        confirmed="confirmed",
        altered="to be altered",
        left="2 of 6",
        escalated="The pack was not accepted in time",
    ),
}

Phone = Callable[..., Page]


@pytest.fixture
def cast(phone: Phone) -> SimpleNamespace:
    """A house with two agreements and an open door, whose director has left today."""
    house, ngo = factories.institution(), factories.ngo("Рядом по субботам")
    cast = SimpleNamespace(house=house, ngo=ngo, site=house.sites.get())
    for role, place in (
        (Role.DIRECTOR, house.organisation),
        (Role.DESK, house.organisation),
        (Role.HEAD, ngo.organisation),
        (Role.CHIEF, factories.department()),
    ):
        setattr(cast, role, factories.member(place, role))
    doing.agree(cast, at=NOON - timedelta(days=30), note=PROMISE)
    door = {"instant": True, "supervisor": cast.desk.pk, "conditions": "Сменная обувь"}
    doing.declare(cast.site, Level.WIDE, at=NOON - timedelta(days=30), **door)
    other = SimpleNamespace(house=house, ngo=factories.ngo("Соседи"))
    other.head = factories.member(other.ngo.organisation, Role.HEAD)
    doing.offer(other, at=NOON)
    held = cast.director.memberships.get(organisation=house.organisation)
    memberships.end(held, on=NOON.date())
    cast.successor = factories.member(house.organisation, Role.DIRECTOR, on=NOON.date())
    return cast


def test_a_new_director_takes_over_and_the_department_sees_what_is_left(
    stage: Stage, phone: Phone, cast: SimpleNamespace, language: str
) -> None:
    # Given a new director, whom the first page leads to the pack
    said, director = SAID[language], phone(cast.successor)
    director.goto("/start/")
    assert words(director, "h1") == said.none
    assert PROMISE in words(director)
    assert faults(director) == []

    # When they confirm the agreement, and want its promise altered, saying why
    press(director, one(cast, ItemKind.AGREEMENT), "confirm")
    promise = one(cast, ItemKind.PROMISE, words=PROMISE)
    alter(director, promise)

    # Then both answers stand there, each with its words, and the rest is still to be answered
    assert words(director, "h1") == said.some
    assert WHY in words(director)
    assert words(director).count(said.confirmed) == 1
    assert said.altered in words(director, f"main li:has-text('{WHY}')")
    assert faults(director) == []
    assert [answer(item) for item in (one(cast, ItemKind.AGREEMENT), promise)] == [
        Answer.CONFIRMED,
        Answer.ALTERED,
    ]

    # When the term passes and four points have no answer
    stage.clock.move_to(AFTER_THE_TERM)
    sweep(AFTER_THE_TERM)

    # Then the Department finds what is left, and the director may still answer
    the_department_finds_what_is_left(phone(cast.chief), pack(cast), said)
    later = phone(cast.successor)
    later.goto("/handover/")
    assert words(later, "h1") == said.some
    assert later.locator("main form[action$='/confirm/']").count() > 0


def the_department_finds_what_is_left(chief: Page, left: Handover, said: SimpleNamespace) -> None:
    """The pack stands among what is late, with how much of it has no answer."""
    chief.goto("/late/?kind=handover")
    chief.click(f"main a[href='/cases/{left.case.ref}/']")
    assert said.left in words(chief, "dl.facts")
    assert said.escalated in words(chief, "ol.timeline")
    assert faults(chief) == []


def pack(cast: SimpleNamespace) -> Handover:
    return Handover.objects.select_related("case").get(institution=cast.house)


def one(cast: SimpleNamespace, kind: ItemKind, **facts: str) -> HandoverItem:
    """The item of this kind that says so."""
    found = pack(cast).items.filter(kind=kind)
    return found.get(**{f"facts__{name}": value for name, value in facts.items()})


def answer(item: HandoverItem) -> str:
    return HandoverItem.objects.get(pk=item.pk).answer


def press(page: Page, item: HandoverItem, step: str) -> None:
    """The button of one point; the page comes back to its part."""
    form = page.locator(f"main form[action$='/{step}/']:has(input[name=items][value='{item.pk}'])")
    form.locator("button").last.click()
    page.wait_for_url("**#kind-*")


def alter(page: Page, item: HandoverItem) -> None:
    """One point is to be altered; the words are asked for beside it."""
    area = page.locator(f"#why-{item.pk}")
    page.locator("details", has=area).locator("summary").click()
    area.fill(WHY)
    page.locator("details", has=area).locator("button").click()
    page.wait_for_url("**#kind-*")
