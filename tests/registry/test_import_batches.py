"""A file that is kept is written piece by piece, once, and on from wherever it stopped."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from casework.models import Entry
from registry import services
from registry.models import BatchState, ImportBatch, ImportRow
from tests.registry.importing import WORKBOOK, receive, write
from tests.registry.world import INSTITUTIONS, NGOS, as_csv, institution_line, ngo_line

pytestmark = pytest.mark.django_db


@pytest.fixture
def small_pieces(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(services, "ROWS_AT_ONCE", 7)
    return


@pytest.mark.usefixtures("small_pieces")
def test_interrupted_import_goes_on_from_where_it_stopped() -> None:
    batch = receive(WORKBOOK, "register.xlsx")
    moments = 0

    def clock() -> Any:
        nonlocal moments
        moments += 1
        if moments == 5:
            raise KeyboardInterrupt
        return timezone.now()

    with pytest.raises(KeyboardInterrupt):
        services.write_batch(batch.pk, clock=clock)
    batch.refresh_from_db()
    assert (batch.state, batch.done_rows, ImportRow.objects.count()) == ("applying", 28, 28)
    services.write_batch(batch.pk, clock=timezone.now)
    batch.refresh_from_db()
    assert (batch.state, batch.created, batch.rejected) == ("done", 284, 16)
    positions = ImportRow.objects.order_by("position").values_list("position", flat=True)
    assert list(positions) == list(range(1, 301))


def spent(content: bytes) -> int:
    """How many queries it takes to write this file, once it is kept."""
    batch = receive(content)
    with CaptureQueriesContext(connection) as queries:
        services.write_batch(batch.pk, clock=timezone.now)
    batch.refresh_from_db()
    assert (batch.state, batch.rejected) == (BatchState.DONE, 0)
    return len(queries)


def test_a_piece_of_a_hundred_rows_is_written_with_as_many_queries_as_one_of_ten() -> None:
    ways = [
        (INSTITUTIONS, institution_line),  # they are new
        (INSTITUTIONS, lambda n: institution_line(n, **{"Число мест": "55"})),  # they are changed
        (NGOS, lambda n: ngo_line(n + 1000)),
    ]
    for header, line in ways:
        few = spent(as_csv(header, *map(line, range(10))))
        many = spent(as_csv(header, *map(line, range(10, 10 + services.ROWS_AT_ONCE))))
        assert few == many


def test_batch_is_written_once() -> None:
    batch = write(as_csv(INSTITUTIONS, institution_line(1)))
    services.write_batch(batch.pk, clock=timezone.now)
    assert not services.queue(batch, at=timezone.now())
    assert ImportRow.objects.count() == 1


def test_written_batch_stands_in_the_trail() -> None:
    batch = write(as_csv(INSTITUTIONS, institution_line(1)))
    entry = Entry.objects.get(action="register.imported")
    assert (entry.subject, entry.actor) == (f"import:{batch.pk}", None)


def test_file_without_rows_is_written_at_once() -> None:
    assert write(as_csv(INSTITUTIONS)).state == BatchState.DONE


def test_kept_file_that_can_no_longer_be_read_is_refused() -> None:
    batch = receive(as_csv(INSTITUTIONS, institution_line(1)))
    ImportBatch.objects.update(content=b"nothing")
    services.write_batch(batch.pk, clock=timezone.now)
    batch.refresh_from_db()
    assert batch.state == BatchState.REFUSED
    assert batch.refusal
