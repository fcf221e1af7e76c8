"""The pages of duties: one's own with what was missed first, all of them for the Department."""

from collections.abc import Iterator
from types import SimpleNamespace

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.roles import Role
from casework.sweep import sweep
from tests import factories
from tests.institutions import doing
from tests.visits import asking
from tests.visits import receiving as make
from tests.visits.dutiful import EVENING, deal_of
from tests.visits.receiving import NOON, TODAY
from visits.queries.duties import listed

pytestmark = pytest.mark.django_db
FIRST_PAGE = slice(0, 50)


@pytest.fixture
def cast(db: None) -> Iterator[SimpleNamespace]:
    with time_machine.travel(NOON, tick=False):
        yield make.house()


def test_another_agreement_is_counted_apart(cast: SimpleNamespace) -> None:
    other = asking.another_house(cast)
    asking.over(cast, make.helper(cast))
    by = asking.hat(cast, Role.HEAD)
    rows = {
        row.deal.institution_id: row for row in listed(by, EVENING, FIRST_PAGE, everything=True)
    }
    assert [row.missed > 0 for row in (rows[cast.house.pk], rows[other.house.pk])] == [True, False]


def test_a_side_finds_its_own_with_what_was_missed_first(cast: SimpleNamespace) -> None:
    asking.over(cast, make.helper(cast))
    other = asking.another_house(cast)
    stranger = factories.member(factories.ngo().organisation, Role.HEAD)
    found = {
        who: [row.deal.institution_id for row in listed(by, EVENING, FIRST_PAGE, everything=False)]
        for who, by in (
            ("head", asking.hat(cast, Role.HEAD)),
            ("director", asking.hat(other, Role.DIRECTOR)),
            ("stranger", factories.acting(stranger, TODAY)),
            ("gate", asking.hat(cast, Role.GATE)),
        )
    }
    assert found == {
        "head": [cast.house.pk, other.house.pk],
        "director": [other.house.pk],
        "stranger": [],
        "gate": [],
    }


def test_the_department_sees_all_and_first_what_was_missed(cast: SimpleNamespace) -> None:
    asking.over(cast, make.helper(cast))
    other = asking.another_house(cast)
    browser = make.signed_in(cast.officer)
    with time_machine.travel(EVENING, tick=False):
        broken, everything = (make.words(browser.get(f"/duties/{tab}")) for tab in ("", "?tab=all"))
    names = [one.house.organisation.short_name for one in (cast, other)]
    assert [name in broken for name in names] == [True, False]
    assert [name in everything for name in names] == [True, True]


def test_the_page_of_one_agreement_is_for_its_sides_and_the_department(
    cast: SimpleNamespace,
) -> None:
    visit = asking.over(cast, make.helper(cast))
    where = f"/duties/{deal_of(cast).case.ref}/"
    stranger = factories.member(factories.ngo().organisation, Role.HEAD)
    people = (cast.head, cast.coordinator, cast.director, cast.desk, cast.officer, stranger)
    with time_machine.travel(EVENING, tick=False):
        answers = [make.signed_in(one).get(where) for one in people]
    assert [one.status_code for one in answers] == [200] * 5 + [404]
    assert visit.case.ref in make.words(answers[0])


def test_an_offer_that_nobody_signed_has_no_duties(cast: SimpleNamespace) -> None:
    other = SimpleNamespace(house=cast.house, ngo=factories.ngo())
    other.head = factories.member(other.ngo.organisation, Role.HEAD)
    offer = doing.offer(other, at=NOON)
    assert make.signed_in(other.head).get(f"/duties/{offer.case.ref}/").status_code == 404


def test_the_pages_ask_the_same_for_much_as_for_little(cast: SimpleNamespace) -> None:
    browser, where = make.signed_in(cast.head), f"/duties/{deal_of(cast).case.ref}/"
    asking.over(cast, make.helper(cast))

    def asked() -> list[int]:
        found = []
        for address in ("/duties/", where):
            browser.get(address)
            with CaptureQueriesContext(connection) as queries:
                assert browser.get(address).status_code == 200
            found.append(len(queries.captured_queries))
        return found

    with time_machine.travel(EVENING, tick=False):
        little = asked()
    for number in range(1, 4):
        asking.another_house(cast)
        make.booked(cast, make.helper(cast, f"Нина {number}"), hour=16)
    sweep(EVENING)
    with time_machine.travel(EVENING, tick=False):
        assert asked() == little
    assert little[0] <= 8
    assert little[1] <= 10
