"""What Celery does by itself on this floor."""

from celery import shared_task
from django.utils import timezone

from institutions.services import handovers, modes, slots


@shared_task
def publish_slots() -> None:
    """Every site's slots for the days ahead, and modes whose days have passed; safe to repeat."""
    at = timezone.now()
    modes.supersede_passed(at)
    slots.publish_all(at)


@shared_task
def begin_handovers() -> None:
    """Hand over to every new director what the one before left in force; safe to repeat."""
    handovers.begin_due(timezone.now())
