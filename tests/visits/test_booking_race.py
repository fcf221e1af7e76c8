"""Booking at the same instant: a double click, the last place, one person in two places."""

import threading
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from types import SimpleNamespace

import pytest
from django.db import connection

from casework.process import Refused
from institutions.models import Slot
from tests.visits import receiving as make
from tests.visits.asking import another_house, book_as, used
from tests.volunteers import making
from visits.models import Participation, Visit


@pytest.fixture
def cast(clone: str) -> SimpleNamespace:
    return make.house()


def together(*acts: Callable[[], Visit]) -> list[str]:
    """Run these at the same instant; each visit's reference, or why it was refused."""
    barrier, outcomes = threading.Barrier(len(acts)), [""] * len(acts)

    def run(n: int, act: Callable[[], Visit]) -> None:
        try:
            connection.ensure_connection()
            barrier.wait()
            outcomes[n] = act().case.ref
        except Refused as refused:
            outcomes[n] = refused.objections[0].code
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def test_a_double_click_is_one_visit_for_both(cast: SimpleNamespace) -> None:
    who = make.helper(cast)
    for round_ in range(5):
        slot = make.slot(cast, on=make.TOMORROW + round_ * timedelta(days=7))
        act = partial(book_as, who, cast, slot=slot, key=make.key())
        first, second = together(act, act)
        assert first == second
        assert Visit.objects.filter(slot=slot).count() == 1
        assert used(slot) == 1


def test_the_last_place_is_taken_once(cast: SimpleNamespace) -> None:
    one, other = make.helper(cast), make.helper(cast, "Пётр")
    slot = make.slot(cast)
    Slot.objects.filter(pk=slot.pk).update(capacity=1)
    outcomes = together(lambda: book_as(one, cast), lambda: book_as(other, cast))
    assert sorted(code[:2] for code in outcomes) in (["V-", "ta"], ["V-", "fu"])
    assert (Visit.objects.count(), used(slot)) == (1, 1)


def test_nobody_is_booked_into_two_places_at_once(cast: SimpleNamespace) -> None:
    elsewhere, who = another_house(cast), make.helper(cast)
    making.give(who, "induction", on=make.TODAY, institution=elsewhere.house)
    outcomes = together(
        lambda: book_as(who, cast, slot=make.slot(cast)),
        lambda: book_as(who, elsewhere, slot=make.slot(elsewhere)),
    )
    assert sum(code.startswith("V-") for code in outcomes) == 1
    assert Participation.objects.filter(volunteer=who.person, coming=True).count() == 1
