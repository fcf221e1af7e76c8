"""What Celery does by itself on this floor."""

from celery import shared_task
from django.utils import timezone

from institutions.services import modes, slots


@shared_task
def publish_slots() -> None:
    """Every site's slots for the days ahead, and modes whose days have passed; safe to repeat."""
    at = timezone.now()
    modes.supersede_passed(at)
    slots.publish_all(at)
