"""The noon at which a visit is asked for, and the house with its people and an NGO."""

from collections.abc import Iterator
from types import SimpleNamespace

import pytest
import time_machine

from tests.visits import receiving
from tests.visits.receiving import NOON
from visits.models import Participation


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """It is noon of a Wednesday, until the traveller is moved."""
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def cast(db: None) -> SimpleNamespace:
    """A house for children with its people, and an NGO with a coordinator and a head."""
    return receiving.house()


@pytest.fixture
def expected(cast: SimpleNamespace, clock: time_machine.Traveller) -> Participation:
    """One cleared person with a booked visit at 11, and it is 10:45."""
    visit = receiving.booked(cast, receiving.helper(cast))
    clock.move_to(receiving.at(10, 45))
    return visit.participations.get()
