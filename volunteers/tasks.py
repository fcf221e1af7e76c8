"""What Celery does for volunteers by itself."""

from celery import shared_task
from django.utils import timezone

from volunteers.services import warnings


@shared_task
def warn_expiring() -> None:
    """Say in good time what ends; called again, it says nothing twice."""
    warnings.warn_expiring(timezone.now())
