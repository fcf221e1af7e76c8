"""Two workers on one file, on a database of their own and as the role that owns nothing."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections
from django.utils import timezone

from registry import services
from registry.models import ImportBatch, ImportRow, Registration
from tests.registry.world import SAMPLES


def work(batch_id: int) -> None:
    try:
        services.write_batch(batch_id, clock=timezone.now)
    finally:
        connections.close_all()


def test_two_workers_on_one_file_write_every_row_once(
    clone: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(services, "ROWS_AT_ONCE", 7)
    at, content = timezone.now(), (SAMPLES / "register.xlsx").read_bytes()
    batch = services.receive(
        kind="register", name="register.xlsx", content=content, owner=None, by_id=None, at=at
    )
    services.queue(batch, at=at)
    with ThreadPoolExecutor(2) as workers:
        list(workers.map(work, [batch.pk] * 2))
    batch = ImportBatch.objects.get()
    assert (batch.state, batch.created, batch.rejected) == ("done", 284, 16)
    assert (ImportRow.objects.count(), Registration.objects.count()) == (300, 116)
