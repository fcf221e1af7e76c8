"""How many questions a page may ask of the database: the same for little data and for more."""

from collections.abc import Iterator
from types import SimpleNamespace

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.roles import Role
from registry.models import Tier
from tests import factories
from tests.institutions import doing, proposing
from tests.registry.applicants import applicant
from tests.stories import barred, promises
from tests.stories.test_every_page import PAGES, names
from tests.stories.world import EVENING, IN_A_WEEK, MONTH, ROLES, world
from tests.visits import asking
from tests.visits import receiving as make
from tests.visits.pages import new, typed
from tests.volunteers import banking, knowledge
from visits.models import ConcernKind
from visits.services import concerns
from volunteers.queries.facts import demanded
from volunteers.queries.needed import needed

HOME, LIST, DETAIL, BOOKING, APPROVAL = 12, 8, 10, 22, 18
# Who would fall out in the whole city and which visits it breaks: more is looked at, once.
FORECAST = 18
HOMES = {"/", "/start/"}
LISTS = [
    "/register/",
    "/visits/",
    "/visits/find/",
    "/visits/book/",
    "/people/",
    "/agreements/",
    "/proposals/",
    "/duties/",
    "/needs/",
    "/needs/mine/",
    "/members/",
    "/members/away/",
    "/unattended/",
    "/requests/",
    "/requests/review/",
    "/slots/",
    "/gate/",
    "/gate/sheet/",
    "/registrations/",
    "/suspensions/",
    "/vetting/",
    "/bars/",
    "/bank/",
    "/late/",
    "/reviews/",
    "/data-requests/",
    "/concerns/",
    "/audit/",
    "/notices/",
    "/rules/",
    "/types/changes/",
    "/requirements/",
    "/door/conditions/",
    "/tell/mine/",
    "/hats/",
]
WEEK = 7
pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(db: None) -> Iterator[SimpleNamespace]:
    """The world of the stories, at five in the evening."""
    with time_machine.travel(make.NOON, tick=False) as clock:
        made = world()
        made.volunteer, made.candidate = made.maria.person, made.ilya.person
        made.sender, made.writer = made.sent.head.user, made.written.head.user
        clock.move_to(EVENING)
        yield made


def ceiling(address: str) -> int:
    where = address.partition("?")[0]
    if where in HOMES:
        return HOME
    if where.startswith("/requirements/changes/"):
        return FORECAST
    return LIST if where in LISTS else DETAIL


def asked(cast: SimpleNamespace) -> dict[tuple[str, str], int]:
    """How many questions each page of each role asks."""
    browsers = {"anybody": Client()}
    found = {}
    for who, address in PAGES:
        if who not in browsers:
            browsers[who] = make.signed_in(getattr(cast, who))
        url = address.format(**names(cast))
        browsers[who].get(url)
        with CaptureQueriesContext(connection) as queries:
            assert browsers[who].get(url).status_code in (200, 302), url
        found[who, address] = len(statements(queries))
    return found


def statements(queries: CaptureQueriesContext) -> list[str]:
    """What was asked, without the marks of nested transactions."""
    asked = (one["sql"] for one in queries.captured_queries)
    return [sql for sql in asked if not sql.startswith(("SAVEPOINT", "RELEASE SAVEPOINT"))]


def grow(cast: SimpleNamespace) -> None:
    """More of everything that a list shows."""
    for n in range(1, 5):
        day = IN_A_WEEK + WEEK * n * doing.DAY
        who = make.helper(cast, f"Нина {n}")
        make.booked(cast, cast.maria, who, on=day)
        make.request(cast, cast.maria, hour=16, on=day)
        make.booked(cast, who, hour=16)
        proposing.send(cast, at=make.NOON)
        other = SimpleNamespace(house=cast.house, ngo=factories.ngo())
        other.head = factories.member(other.ngo.organisation, Role.HEAD)
        doing.offer(other, at=make.NOON - MONTH)
        promises.need(cast)
        banking.new(banking.checker(), text_ru=f"Что {n}?", text_en=f"What {n}?")
        knowledge.take(who.person, make.NOON)
        factories.member(cast.house.organisation, Role.DESK)
        for role in ROLES:
            factories.member(factories.department(), role)
        applicant(f"Навстречу {n}", 30 + n, make.NOON).submit(make.NOON, key=make.key())
        concerns.say(
            by=asking.volunteer_of(cast.maria),
            about=ConcernKind.values[0],
            text="Нас снова не пустили.",
            institution=cast.house,
            at=make.NOON - MONTH,
            key=make.key(),
        )
        barred.keep_away(cast)


def test_no_page_asks_more_for_more_rows_or_more_than_its_kind_may(cast: SimpleNamespace) -> None:
    little = asked(cast)
    grow(cast)
    much = asked(cast)
    assert {page: (little[page], much[page]) for page in much if much[page] != little[page]} == {}
    assert {page: n for page, n in much.items() if n > ceiling(page[1])} == {}


@pytest.mark.parametrize("instant", [False, True])
def test_a_booking_asks_the_same_for_six_people_as_for_one(instant: bool) -> None:
    with time_machine.travel(make.NOON, tick=False):
        cast = make.house(kind="E", level="wide", instant=instant)
        # What is kept by its edition is read once.
        needed(cast.house.pk, asking.version(), make.TODAY)
        demanded(Tier.V3)
        people = [make.helper(cast).person.pk for _ in range(6)]
        browser = make.signed_in(cast.coordinator)
        counts = []
        for hour, named in ((11, people[:1]), (16, people)):
            where, sent = new(make.slot(cast, hour)), typed(people=named, send="1")
            with CaptureQueriesContext(connection) as queries:
                assert browser.post(where, sent).status_code == 302
            counts.append(len(statements(queries)))
        assert counts[0] == counts[1] <= BOOKING


def test_an_approval_asks_the_same_for_six_people_as_for_one() -> None:
    with time_machine.travel(make.NOON, tick=False):
        cast = make.house()
        people = [make.helper(cast) for _ in range(6)]
        browser = make.signed_in(cast.director)
        counts = []
        for hour, named in ((11, people[:1]), (16, people)):
            visit = make.request(cast, *named, hour=hour)
            sent = {"key": make.key(), "seen": visit.case.version, "supervisor": cast.desk.pk}
            with CaptureQueriesContext(connection) as queries:
                answer = browser.post(f"/cases/{visit.case.ref}/approve/", sent)
            assert (answer.status_code, make.again(visit).case.state) == (302, "approved")
            counts.append(len(statements(queries)))
        assert counts[0] == counts[1] <= APPROVAL
