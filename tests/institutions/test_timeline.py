"""Whatever is declared in whatever order: one door at a time, and each day what it should be."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casework.process import Refused
from institutions.consequences.doors import hang
from institutions.consequences.timeline import Piece, timeline
from institutions.models import Door, GuestMode, Level
from tests.institutions.doing import NOON, TODAY, close, days, declare

OPEN = st.sampled_from([Level.AJAR, Level.HALF, Level.WIDE])
HORIZON = 40


def on(number: int) -> date:
    return TODAY + timedelta(days=number)


@st.composite
def modes(draw: st.DrawFn) -> list[GuestMode]:
    """Up to eight declarations of every sort; some were stopped early."""
    made = []
    for number in range(draw(st.integers(1, 8))):
        first = draw(st.integers(0, 25))
        shut = draw(st.booleans())
        length = draw(st.integers(0, 10))
        through = on(first + length) if shut or draw(st.booleans()) else None
        stopped = draw(st.one_of(st.none(), st.integers(0, 30)))
        made.append(
            GuestMode(
                pk=number + 1,
                level=Level.SHUT if shut else draw(OPEN),
                from_on=on(first),
                through_on=through,
                stopped_on=on(stopped) if stopped is not None else None,
            )
        )
    return made


def standing(pieces: list[Piece], day: date) -> Piece | None:
    found = [piece for piece in pieces if piece.lower <= day < piece.upper]
    assert len(found) <= 1
    return found[0] if found else None


def covers(mode: GuestMode, day: date) -> bool:
    return mode.from_on <= day and (mode.before_on is None or day < mode.before_on)


def expected(declared: list[GuestMode], day: date) -> int | None:
    """Who has the day: the last closure; without one the last mode."""
    shut = [mode.pk for mode in declared if mode.is_closure and covers(mode, day)]
    opened = [mode.pk for mode in declared if not mode.is_closure and covers(mode, day)]
    return (shut or opened or [None])[-1]


@given(modes())
def test_every_day_has_the_one_door_it_should(declared: list[GuestMode]) -> None:
    pieces = timeline(declared)
    by_pk = {mode.pk: mode for mode in declared}
    for number in range(HORIZON):
        day = on(number)
        found = standing(pieces, day)
        assert (found.mode_id if found else None) == expected(declared, day)
        if found:
            assert found.level in (by_pk[found.mode_id].level, Level.AJAR)
            assert (found.level == Level.SHUT) == by_pk[found.mode_id].is_closure


@given(modes())
def test_what_a_closure_interrupted_goes_on_by_request(declared: list[GuestMode]) -> None:
    closure = GuestMode(pk=99, level=Level.SHUT, from_on=on(5), through_on=on(8))
    before = timeline(declared)
    after = timeline([*declared, closure])
    interrupted = standing(before, on(8))
    now = standing(after, on(9))
    goes_on = interrupted is not None and on(9) < interrupted.upper and not interrupted.is_shut
    if goes_on:
        assert now is not None
        assert (now.mode_id, now.level) == (interrupted.mode_id, Level.AJAR)
    else:
        assert now == standing(before, on(9)) or (now is not None and now.is_shut)


@pytest.mark.django_db
@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=st.lists(st.tuples(st.booleans(), st.integers(0, 20), st.integers(0, 9)), max_size=5))
def test_rows_follow_the_timeline_and_never_overlap(
    cast: SimpleNamespace, steps: list[tuple[bool, int, int]]
) -> None:
    with transaction.atomic():
        for number, (shut, first, length) in enumerate(steps):
            at = NOON + timedelta(minutes=number)
            try:
                if shut:
                    close(cast.site, on(first), on(first + length), at=at)
                else:
                    declare(cast.site, Level.WIDE, from_on=on(first), at=at)
            except Refused:
                continue  # it would have begun inside a closure
        rows = Door.objects.filter(site=cast.site, withdrawn_at=None)
        wanted = timeline(GuestMode.objects.filter(site=cast.site).published())
        assert sorted(rows.values_list("mode", "level", "during__startswith")) == sorted(
            (piece.mode_id, piece.level, piece.lower) for piece in wanted
        )
        before = set(Door.objects.values_list("pk", "withdrawn_at"))
        hang(cast.site.pk, NOON + days(1))
        assert set(Door.objects.values_list("pk", "withdrawn_at")) == before
        transaction.set_rollback(True)
