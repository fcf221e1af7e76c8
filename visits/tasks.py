"""What Celery does for visits."""

from celery import shared_task
from django.utils import timezone

from visits.services import reminders


@shared_task
def remind() -> None:
    """Remind everybody who is expected soon."""
    reminders.remind(timezone.now())
