"""What Celery does for volunteers by itself."""

from celery import shared_task
from django.utils import timezone

from volunteers.barring import comparing
from volunteers.services import test, warnings


@shared_task
def warn_expiring() -> None:
    """Say in good time what ends; called again, it says nothing twice."""
    warnings.warn_expiring(timezone.now())


@shared_task
def finish_tests() -> None:
    """Mark the tries whose time has run out: nobody has to come back for their result."""
    test.finish_overdue(timezone.now())


@shared_task
def compare_changed() -> None:
    """Compare those whose data changed with people barred; until then they are held anyway."""
    comparing.compare_changed(timezone.now())
