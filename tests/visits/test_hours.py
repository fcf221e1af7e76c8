"""Hours follow what the gate noted, and nothing else."""

from collections.abc import Iterator
from datetime import datetime
from types import SimpleNamespace

import pytest
import time_machine

from accounts.roles import Role
from casework.sweep import sweep
from tests import factories
from tests.visits import receiving as make
from visits.flows import VisitFlow
from visits.models import GateKind, Hours, Participation, Visit
from visits.services import gate
from volunteers.models import Experience

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(make.NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def cast() -> SimpleNamespace:
    return make.house()


def note(
    cast: SimpleNamespace, part: Participation, kind: GateKind, at: datetime, code: str = ""
) -> None:
    keeper = factories.acting(cast.gate, make.TODAY, Role.GATE)
    gate.note(part, kind, by=keeper, at=at, key=make.key(), code=code, healthy=True)


def finish(cast: SimpleNamespace, visit: Visit, clock: time_machine.Traveller) -> None:
    """The time is over, and the coordinator confirms."""
    clock.move_to(make.at(13))
    sweep(make.at(13))
    who = factories.acting(cast.coordinator, make.TODAY, Role.COORDINATOR)
    VisitFlow.close(make.again(visit), by=who, at=make.at(14), key=make.key())


@pytest.mark.parametrize(
    ("came", "left", "minutes"),
    [
        ((10, 45), (12, 30), 105),
        ((11, 0), (13, 0), 120),
        ((11, 59), (12, 0), 1),
        ((12, 0), None, 60),
    ],
)
def test_minutes_follow_the_notes_of_the_gate(
    cast: SimpleNamespace,
    clock: time_machine.Traveller,
    came: tuple[int, int],
    left: tuple[int, int] | None,
    minutes: int,
) -> None:
    visit = make.booked(cast, make.helper(cast))
    part = visit.participations.get()
    note(cast, part, GateKind.IN, make.at(*came))
    if left:
        note(cast, part, GateKind.OUT, make.at(*left))
    finish(cast, visit, clock)
    assert [(one.participation, one.minutes) for one in Hours.objects.all()] == [(part, minutes)]
    assert Experience.objects.get().on == make.TOMORROW


def test_who_did_not_come_and_who_was_turned_away_get_none(
    cast: SimpleNamespace, clock: time_machine.Traveller
) -> None:
    visit = make.booked(cast, *(make.helper(cast) for _ in range(3)))
    came, refused, absent = visit.participations.order_by("pk")
    note(cast, came, GateKind.IN, make.at(11))
    note(cast, refused, GateKind.REFUSED, make.at(11), "G2")
    finish(cast, visit, clock)
    states = [part.state for part in visit.participations.order_by("pk")]
    assert states == ["here", "refused", "absent"]
    assert [one.volunteer for one in Hours.objects.all()] == [came.volunteer]
    assert [one.volunteer for one in Experience.objects.all()] == [came.volunteer]
    assert absent.pk not in Hours.objects.values_list("participation", flat=True)


def test_who_leaves_after_the_end_is_still_noted(
    cast: SimpleNamespace, clock: time_machine.Traveller
) -> None:
    visit = make.booked(cast, make.helper(cast))
    part = visit.participations.get()
    note(cast, part, GateKind.IN, make.at(11))
    clock.move_to(make.at(13))
    sweep(make.at(13))
    note(cast, part, GateKind.OUT, make.at(13, 10))
    finish(cast, visit, clock)
    assert Hours.objects.get().minutes == 130
