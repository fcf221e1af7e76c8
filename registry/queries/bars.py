"""Whether an exclusion keeps an NGO from applying, and until when."""

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from casework.models import Case
from registry.models import Bar


def holding(on: date) -> QuerySet[Bar, Any]:
    """Every bar that holds on this day."""
    return Bar.objects.filter(
        Q(lifted_on=None) | Q(lifted_on__gt=on), from_on__lte=on, until_on__gt=on
    )


def barring(ngo: int, on: date) -> Bar | None:
    """What keeps this NGO from applying on this day, the longest of several."""
    return holding(on).filter(ngo=ngo).order_by("-until_on").first()


def bar_of(case: Case) -> Bar | None:
    """What the exclusion in this case left behind; nothing where an appeal has overturned it."""
    return Bar.objects.filter(case=case, lifted_on=None).first()
