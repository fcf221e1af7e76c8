"""The queue of requests: by deadline, by who decides, in as few questions for many."""

import re
from collections.abc import Iterator
from datetime import date
from types import SimpleNamespace

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.roles import Role
from tests import factories
from tests.visits import receiving as make
from visits.flows import VisitFlow
from volunteers.models import Volunteer

pytestmark = pytest.mark.django_db
QUEUE = "/requests/"
NEXT_WEEK = date(2026, 7, 16)


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(make.NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def cast() -> SimpleNamespace:
    return make.house()


def names(html: str) -> list[str]:
    """The references of the queue, in its order."""
    return re.findall(r'<th scope="row"><a href="/requests/(V-\d+)/">', html)


def test_the_queue_says_how_much_waits_and_by_when(cast: SimpleNamespace) -> None:
    make.request(cast, make.helper(cast))
    html = make.words(make.signed_in(cast.director).get(QUEUE))
    assert "<h1>Nothing is due today; 1 request waits</h1>" in html
    assert "Answer: due Thursday, 9 July 2026" in html
    assert re.search(r'href="/terms/\d+/"', html)
    assert "All cleared" in html
    assert "<span>Half open</span>" in html


def test_the_queue_speaks_russian(cast: SimpleNamespace, clock: time_machine.Traveller) -> None:
    for _ in range(2):
        make.request(cast, make.helper(cast), on=NEXT_WEEK)
    html = make.words(make.signed_in(cast.director, "ru").get(QUEUE))
    assert "<h1>Сегодня сроков нет; ждут 2 заявки</h1>" in html
    clock.move_to(make.at(10, on=date(2026, 7, 10)))
    html = make.words(make.signed_in(cast.director, "ru").get(QUEUE))
    assert "<h1>Решить сегодня: 2 заявки, просрочены 2</h1>" in html


def test_the_heading_counts_what_is_due_today_and_what_is_late(
    cast: SimpleNamespace, clock: time_machine.Traveller
) -> None:
    make.request(cast, make.helper(cast), on=NEXT_WEEK)
    clock.move_to(make.at(10))
    html = make.words(make.signed_in(cast.desk).get(QUEUE))
    assert "<h1>To decide today: 1 request</h1>" in html
    clock.move_to(make.at(10, on=date(2026, 7, 10)))
    html = make.words(make.signed_in(cast.desk).get(QUEUE))
    assert "<h1>To decide today: 1 request, 1 of them late</h1>" in html


def test_an_empty_queue_says_so_in_words(cast: SimpleNamespace) -> None:
    html = make.words(make.signed_in(cast.desk).get(QUEUE))
    assert "<h1>All requests are answered</h1>" in html
    assert "Nobody waits for your decision." in html
    assert "Nobody is expected in the next seven days." in html
    assert "To look at again" not in html


def test_the_desk_decides_low_and_medium_risk_and_sees_what_the_director_decides(
    cast: SimpleNamespace,
) -> None:
    plain = make.request(cast, make.helper(cast), hour=11)
    risky = make.request(cast, make.helper(cast), code="T08", hour=16)
    html = make.words(make.signed_in(cast.desk).get(QUEUE))
    own, directors = html.split('id="director"')
    assert names(own) == [plain.case.ref]
    assert names(directors) == [risky.case.ref]
    assert names(make.words(make.signed_in(cast.director).get(QUEUE))) == [
        risky.case.ref,
        plain.case.ref,
    ]


def test_offers_and_bookings_stand_below(cast: SimpleNamespace) -> None:
    moved = make.request(cast, make.helper(cast), hour=11)
    offered = make.slot(cast, 16)
    VisitFlow.move(
        moved,
        by=factories.acting(cast.desk, make.TODAY, Role.DESK),
        at=make.NOON,
        key=make.key(),
        slot=str(offered.pk),
        supervisor=str(cast.desk.pk),
        reason="",
    )
    booked = make.booked(cast, make.helper(cast), hour=11)
    html = make.words(make.signed_in(cast.desk).get(QUEUE))
    before, after = html.split('id="booked"')
    assert names(before) == [moved.case.ref]
    assert names(after) == [booked.case.ref]
    assert "Offered: Thursday, 9 July 2026, 16:00" in before


def test_whoever_lost_their_clearance_since_is_to_be_looked_at_again(
    cast: SimpleNamespace,
) -> None:
    person = make.helper(cast)
    visit = make.booked(cast, person)
    Volunteer.objects.filter(pk=person.pk).update(born_on=date(2010, 1, 1))
    client = make.signed_in(cast.director)
    assert "To look at again" in make.words(client.get(QUEUE))
    html = make.words(client.get("/requests/review/"))
    assert "<h1>1 booked visit to look at again</h1>" in html
    assert names(html) == [visit.case.ref]
    assert "1 not cleared" in html


def asked(client: Client, where: str) -> int:
    with CaptureQueriesContext(connection) as questions:
        assert client.get(where).status_code == 200
    return len(questions)


def test_the_queue_asks_as_few_questions_for_many(cast: SimpleNamespace) -> None:
    client = make.signed_in(cast.director)
    make.booked(cast, make.helper(cast))
    make.request(cast, make.helper(cast))
    few = asked(client, QUEUE)
    for _ in range(5):
        make.request(cast, make.helper(cast), hour=16)
        make.booked(cast, make.helper(cast), hour=16)
    assert [few, asked(client, QUEUE)] == [5, 5]
