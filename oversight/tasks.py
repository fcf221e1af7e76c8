"""What Celery does for the Department."""

from celery import shared_task
from django.utils import timezone

from oversight import handing_on, services
from oversight.keeping import retention


@shared_task
def verify_trail() -> None:
    """Read the whole audit trail once a day and keep what was found."""
    services.verify(by=None, at=timezone.now())


@shared_task
def announce_unattended() -> None:
    """Tell once a day of cases in which nobody can decide any more."""
    handing_on.announce(timezone.now())


@shared_task
def keep_no_longer() -> None:
    """Once a night: delete or empty what was kept long enough."""
    retention.run(timezone.now())
