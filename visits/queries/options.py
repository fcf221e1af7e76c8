"""What may be chosen in the steps of a visit: staff, other times."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.db.models import F
from django.utils import timezone

from accounts.hats import Acting
from casework.process import Text
from face.templatetags.face import moment
from institutions.models import Slot
from institutions.queries.staff import with_visitors
from visits.models import Visit

AHEAD = timedelta(days=30)
MOST = 12


def staff(visit: Visit, acting: Acting | None) -> Iterable[tuple[Any, Text]]:
    """The institution's people who may be with visitors."""
    found = with_visitors(visit.institution_id, timezone.localdate())
    return [(one.pk, str(one)) for one in found]


def other_slots(visit: Visit, acting: Acting | None) -> Iterable[tuple[Any, Text]]:
    """Times at the same site at which everybody named could come instead."""
    people = visit.participations.filter(coming=True).count()
    return [(one.pk, moment(one.during.lower)) for one in free_slots(visit, people)]


def free_slots(visit: Visit, people: int) -> list[Slot]:
    """The next times there, other than its own, with room for so many people: one query."""
    now = timezone.now()
    found = Slot.objects.filter(
        site=visit.slot.site_id,
        withdrawn_at__isnull=True,
        used__lte=F("capacity") - people,
        during__startswith__gt=now,
        during__startswith__lt=now + AHEAD,
    ).exclude(pk=visit.slot_id)
    return list(found.order_by("during")[:MOST])
