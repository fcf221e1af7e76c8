"""Sealing anew with the newest key what older keys sealed, while everything is read as always.

Rows are taken in batches, each in its own short transaction under row locks: what is interrupted
goes on where it stopped, and a second run finds nothing to do.
"""

import base64
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction

from accounts import sealing
from accounts.sealing import COLUMNS, Column, Sealed

BATCH = 500


@dataclass(frozen=True)
class Rotated:
    """What was done in one column: sealed anew, left under older keys, opened by no key."""

    column: str
    resealed: int
    left: int
    closed: int


def rotate(batch: int = BATCH) -> list[Rotated]:
    """Seal every column anew; what no key of the ring opens stays as it is and is counted."""
    return [_rotated(column, batch) for column in COLUMNS]


def waiting() -> list[Rotated]:
    """What is under older keys now; nothing is changed."""
    return [Rotated(str(column), 0, _left(column), 0) for column in COLUMNS]


def _rotated(column: Column, batch: int) -> Rotated:
    resealed, closed = 0, 0
    for done, shut in _batches(column, batch):
        resealed, closed = resealed + done, closed + shut
    return Rotated(str(column), resealed, _left(column), closed)


def _batches(column: Column, batch: int) -> Iterator[tuple[int, int]]:
    after: int | None = 0
    while after is not None:
        with transaction.atomic():
            after, done, shut = _one_batch(column, after, batch)
        yield done, shut


def _one_batch(column: Column, after: int, batch: int) -> tuple[int | None, int, int]:
    """The last key of the batch (None: there was none), how many were sealed anew, how many not."""
    rows = _taken(column, after, batch)
    new: dict[int, Any] = {}
    for key, value in rows:
        sealed = base64.b64decode(value) if column.inside else bytes(value)
        with suppress(Sealed):
            new[key] = column.seal(column.unseal(sealed, key), key)
    _put(column, new)
    return (rows[-1][0] if rows else None), len(new), len(rows) - len(new)


def _taken(column: Column, after: int, batch: int) -> list[tuple[int, Any]]:
    # The names are those that the columns were declared with, never a reader's.
    sql = (
        f"select {column.key}, {_value(column)} from {column.table}"  # noqa: S608  (see above)
        f" where {_stale(column)} and {column.key} > %s order by {column.key} limit %s"
        " for no key update"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [_head(column), after, batch])
        rows: list[tuple[int, Any]] = cursor.fetchall()
    return rows


def _put(column: Column, new: dict[int, bytes]) -> None:
    """Every value of a batch in one statement."""
    values: list[Any] = list(new.values())
    kind, value = "bytea[]", "new.value"
    if column.inside:
        values = [base64.b64encode(sealed).decode() for sealed in values]
        kind = "text[]"
        value = f"jsonb_set({column.name}, '{{{column.inside}}}', to_jsonb(new.value))"
    sql = (
        f"update {column.table} set {column.name} = {value}"  # noqa: S608  (as above)
        f" from unnest(%s::bigint[], %s::{kind}) as new (key, value)"
        f" where {column.table}.{column.key} = new.key"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [list(new), values])


def _left(column: Column) -> int:
    sql = f"select count(*) from {column.table} where {_stale(column)}"  # noqa: S608  (as above)
    with connection.cursor() as cursor:
        cursor.execute(sql, [_head(column)])
        left: int = cursor.fetchone()[0]
    return left


def _value(column: Column) -> str:
    return f"{column.name} ->> '{column.inside}'" if column.inside else column.name


def _stale(column: Column) -> str:
    """Sealed by anything but the newest key: by how the value begins."""
    value, length = f"({_value(column)})", sealing.HEAD
    if column.inside:
        return f"{value} <> '' and left({value}, {length // 3 * 4}) <> %s"
    return f"octet_length({value}) > 0 and substring({value} from 1 for {length}) <> %s"


def _head(column: Column) -> bytes | str:
    head = sealing.newest_head()
    return base64.b64encode(head).decode() if column.inside else head
