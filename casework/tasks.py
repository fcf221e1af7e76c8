"""What Celery does by itself."""

import logging

from celery import shared_task
from celery.signals import worker_ready
from django.conf import settings
from django.utils import timezone

from casework import outbox, sweep
from casework.files import store
from casework.models import Heartbeat

log = logging.getLogger(__name__)


@shared_task
def heartbeat() -> None:
    """Note that a worker of this start is alive; the readiness page reads it."""
    Heartbeat.objects.update_or_create(
        boot=settings.OPEN_DOORS_BOOT, defaults={"at": timezone.now()}
    )


@shared_task
def deliver() -> None:
    """Send the letters that wait; rung at once after a step, and by the clock anyway."""
    while outbox.deliver(timezone.now()):
        pass


@shared_task
def sweep_terms() -> None:
    """Let silence have its consequence."""
    sweep.sweep(timezone.now())


@shared_task
def mind_files() -> None:
    """Remove bytes that no row knows, and say aloud which rows lost theirs."""
    store.sweep(timezone.now())
    for damaged in store.verify()[1]:
        log.error("File %s is missing or does not match its hash.", damaged.pk)


@worker_ready.connect
def first_heartbeat(**_: object) -> None:
    """A worker says so as soon as it takes work, not half a minute later."""
    heartbeat()
