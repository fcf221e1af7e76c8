"""Twenty thousand numbers are sealed anew while others read them: nobody meets a closed one."""

import threading
import time

import pytest
from django.db import connection

from accounts import rotation
from tests.accounts.sealed import many, number_of, numbers

pytestmark = pytest.mark.drill
ROWS, READERS = 20_000, 4


def read_on(rows: list[int], over: threading.Event, tally: list[int], wrong: list[int]) -> None:
    """Read a few numbers at a time, again and again, until it is over."""
    at = 0
    try:
        while not over.is_set():
            some = rows[at : at + 50]
            found = numbers(some)
            wrong.extend(row for row in some if found.get(row) != number_of(row))
            tally.append(len(some))
            at = (at + 997) % (len(rows) - 50)
    finally:
        connection.close()


def test_nothing_is_unreadable_while_keys_turn_nor_after_the_old_one_is_gone(
    clone: str, settings
) -> None:
    settings.OPEN_DOORS_KEYS = ["old-secret"]
    rows = many(ROWS)
    settings.OPEN_DOORS_KEYS = ["new-secret", "old-secret"]
    over, tally, wrong = threading.Event(), list[int](), list[int]()
    readers = [
        threading.Thread(target=read_on, args=(rows, over, tally, wrong)) for _ in range(READERS)
    ]
    for reader in readers:
        reader.start()
    began = time.monotonic()
    done = {one.column: one for one in rotation.rotate()}["volunteers_outcome.number_sealed"]
    took = time.monotonic() - began
    over.set()
    for reader in readers:
        reader.join()
    print(f"{ROWS} rows in {took:.1f} s, {sum(tally)} reads meanwhile")
    assert (done.resealed, done.left, done.closed) == (ROWS, 0, 0)
    assert (wrong, sum(tally) > ROWS // 10) == ([], True)
    settings.OPEN_DOORS_KEYS = ["new-secret"]
    assert numbers(rows) == {row: number_of(row) for row in rows}
