"""The audit trail: writing a line, and proving that none was changed, moved or cut.

An entry's hash covers the one before it; the head of each chain says where it ends. Whoever
can rewrite a chain to its end and its head too is found only by a copy kept elsewhere.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection, transaction

from casework.models import ChainHead

CHAINS = 16
ROWS_AT_ONCE = 5_000

_CANONICAL = """
    select chain, seq,
           concat_ws('|', chain, seq, to_char(at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US'),
                     coalesce(actor::text, '-'), action, subject, digest),
           prev, h
      from casework_entry order by chain, seq
"""


@dataclass(frozen=True)
class Broken:
    """The first place where the trail does not hold, and in which way."""

    chain: int
    seq: int
    reason: str


def record(*, tenant: int, actor: int | None, action: str, subject: str, values: str = "") -> None:
    """Write one line in the caller's transaction; `values` is kept as a digest only."""
    digest = hashlib.sha256(values.encode()).hexdigest() if values else ""
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into casework_entry (chain, actor, action, subject, digest)"
            " values (%s, %s, %s, %s, %s)",
            [tenant % CHAINS, actor, action, subject, digest],
        )


def verify() -> tuple[int, Broken | None]:
    """How many entries were read, and the first broken place or None; memory stays flat.

    Heads and entries are read as of one instant: what is written meanwhile is no fault.
    """
    nested = connection.in_atomic_block
    with transaction.atomic():
        if not nested:
            with connection.cursor() as cursor:
                cursor.execute("set transaction isolation level repeatable read, read only")
        return _verify()


def _verify() -> tuple[int, Broken | None]:
    heads = {head.chain: head for head in ChainHead.objects.all()}
    last: dict[int, tuple[int, bytes]] = {}
    read = 0
    for chain, seq, text, prev, h in _rows():
        read += 1
        before, link = last.get(chain, (0, _genesis(chain)))
        if seq != before + 1:
            return read, Broken(chain, before + 1, "missing")
        if prev != link:
            return read, Broken(chain, seq, "not linked to the entry before it")
        if hashlib.sha256(prev + text.encode()).digest() != h:
            return read, Broken(chain, seq, "changed")
        last[chain] = (seq, h)
    return read, _cut(heads, last)


def _cut(heads: dict[int, ChainHead], last: dict[int, tuple[int, bytes]]) -> Broken | None:
    for chain in range(CHAINS):
        seq, h = last.get(chain, (0, _genesis(chain)))
        head = heads.get(chain)
        if head is None:
            return Broken(chain, seq, "the head of the chain is gone")
        if head.seq != seq or bytes(head.h) != h:
            return Broken(chain, seq + 1, "the tail was cut")
    return None


def _rows() -> Iterator[tuple[int, int, str, bytes, bytes]]:
    with transaction.atomic(), connection.chunked_cursor() as cursor:
        cursor.execute(_CANONICAL)
        while rows := cursor.fetchmany(ROWS_AT_ONCE):
            for chain, seq, text, prev, h in rows:
                yield chain, seq, text, bytes(prev), bytes(h)


def _genesis(chain: int) -> bytes:
    return hashlib.sha256(f"genesis{chain}".encode()).digest()
