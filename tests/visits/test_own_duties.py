"""A volunteer sees what they promise and how they keep it: what they did, and nobody else."""

from types import SimpleNamespace

import pytest
from time_machine import travel

from accounts.models import User
from tests.visits import receiving as make
from tests.visits.asking import over
from tests.visits.dutiful import EVENING, counted
from tests.visits.pages import asked
from tests.visits.receiving import TODAY
from visits.queries.duties import of_volunteer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def tallies(person: User) -> list[tuple[int, int]]:
    """Coming, and checking out: how often done, how often missed."""
    found = of_volunteer(person.pk, EVENING, TODAY)
    return [(one.tally.done, one.tally.missed) for one in found]


def test_each_is_counted_for_themselves_and_together_it_is_what_the_agreement_counts(
    cast: SimpleNamespace,
) -> None:
    came, absent = make.helper(cast), make.helper(cast, "Пётр")
    visit = over(cast, came, absent)
    assert tallies(came.person) == [(1, 0), (1, 0)]
    assert tallies(absent.person) == [(0, 1), (0, 0)]
    assert (counted(cast)["come"], counted(cast)["leave"]) == ((1, 1), (1, 0))
    (missed,) = of_volunteer(absent.person.pk, EVENING, TODAY)[0].last
    assert (missed.ref, missed.why, missed.person) == (visit.case.ref, "Неявка на визит.", "")


def test_whoever_never_came_reads_what_is_promised(cast: SimpleNamespace) -> None:
    html, _ = asked(make.signed_in(make.helper(cast).person), "/duties/mine/")
    assert "Volunteers come when they are expected, or say 24 hours ahead" in html
    assert html.count("nothing has happened yet") == 2


def test_the_page_says_when_a_promise_was_missed(cast: SimpleNamespace) -> None:
    absent = make.helper(cast, "Пётр")
    visit = over(cast, make.helper(cast), absent)
    client = make.signed_in(absent.person)
    with travel(EVENING, tick=False):
        assert 'href="/duties/mine/"' in asked(client, "/visits/")[0]
        html, cost = asked(client, "/duties/mine/")
    assert cost <= 2
    assert "missed: 1" in html
    assert f'href="/cases/{visit.case.ref}/"' in html
    assert client.get(f"/cases/{visit.case.ref}/").status_code == 200
