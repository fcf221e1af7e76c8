"""Fifty people want the last place at the same instant: one gets it, twenty times over."""

from collections import Counter
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.db.models import F

from institutions.models import Slot
from institutions.services import slots
from tests.drills.racing import together
from tests.visits import asking
from tests.visits import receiving as make
from visits.models import Visit
from volunteers.models import Volunteer

CLIENTS, ROUNDS, A_FEW = 50, 20, 8


def crowd(size: int) -> tuple[SimpleNamespace, list[Volunteer]]:
    cast = make.house()
    return cast, [make.helper(cast, f"Вторая-{n}") for n in range(size)]


def places(cast: SimpleNamespace, count: int) -> list[Slot]:
    """So many times with one place each, beside the week that is published."""
    model = make.slot(cast)
    begins = model.during.lower.replace(hour=0)
    Slot.objects.bulk_create(
        Slot(
            institution=model.institution,
            site=model.site,
            door=model.door,
            during=(begins + timedelta(minutes=10 * n), begins + timedelta(minutes=10 * n + 9)),
            capacity=1,
        )
        for n in range(count)
    )
    return list(Slot.objects.filter(site=model.site, capacity=1).order_by("during"))


def race(cast: SimpleNamespace, people: list[Volunteer], slot: Slot) -> Counter[str]:
    def act(who: Volunteer) -> Any:
        hat = asking.volunteer_of(who)
        return lambda: asking.book_as(who, cast, slot=slot, by=hat)

    return Counter(together([act(who) for who in people]))


def test_exactly_one_of_fifty_gets_the_last_place(clone: str) -> None:
    cast, people = crowd(CLIENTS)
    for slot in places(cast, ROUNDS):
        outcomes = race(cast, people, slot)
        assert outcomes["done"] == 1
        assert set(outcomes) <= {"done", "taken", "full"}
        assert Slot.objects.get(pk=slot.pk).used == 1
        assert Visit.objects.filter(slot=slot, active=True).count() == 1


def test_the_race_sees_the_overbooking_when_the_lock_is_taken_out(
    clone: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Look first, then count up: with that in its place the last place is given twice."""

    def look_then_write(slot_id: int, people: int, at: Any) -> bool:
        slot = Slot.objects.get(pk=slot_id)
        if slot.used + people > slot.capacity:
            return False
        Slot.objects.filter(pk=slot_id).update(capacity=F("capacity") + people)
        Slot.objects.filter(pk=slot_id).update(used=F("used") + people)
        return True

    monkeypatch.setattr(slots, "take_places", look_then_write)
    cast, people = crowd(A_FEW)
    assert any(race(cast, people, slot)["done"] > 1 for slot in places(cast, ROUNDS))
