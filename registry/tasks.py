"""What Celery does for the register. Queued batches are in the database; the broker only rings."""

from datetime import timedelta

from celery import shared_task
from django.utils import timezone
from kombu.exceptions import OperationalError

from registry import services
from registry.models import ImportBatch

PATIENCE = timedelta(seconds=10)


@shared_task
def apply_import(*, batch_id: int) -> None:
    """Write a queued batch to its end."""
    services.write_batch(batch_id, clock=timezone.now)


@shared_task
def continue_imports() -> None:
    """Take up batches that nobody has moved for a while: a lost ring, a worker that died."""
    quiet = ImportBatch.objects.under_way().filter(progressed_at__lt=timezone.now() - PATIENCE)
    for batch_id in quiet.order_by("progressed_at").values_list("pk", flat=True):
        services.write_batch(batch_id, clock=timezone.now)


def start(batch: ImportBatch) -> None:
    """Ask for a batch to be written, and ring; without a broker the next scan finds it."""
    if services.queue(batch, at=timezone.now()):
        try:
            apply_import.apply_async(kwargs={"batch_id": batch.pk}, retry=False)
        except OperationalError:
            return
