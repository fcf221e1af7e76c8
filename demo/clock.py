"""The rehearsal clock: what happens inside happened then, by the database's word too."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import connection, transaction


def turn(at: datetime) -> None:
    """Until the transaction ends or is turned again, the database believes it is `at`."""
    with connection.cursor() as cursor:
        cursor.execute("select set_config('open_doors.now', %s, true)", [at.isoformat()])


@contextmanager
def rehearsing(at: datetime) -> Iterator[datetime]:
    """A transaction in which the database believes it is `at`."""
    with transaction.atomic():
        turn(at)
        yield at
