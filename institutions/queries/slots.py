"""Times at which somebody can come."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count, F, Q, QuerySet, Sum
from django.db.models.functions import TruncDate

from institutions.models import Slot


def open_slots(
    institution_ids: Iterable[int] | None,
    from_: datetime,
    to: datetime,
    types: Iterable[int] = (),
) -> QuerySet[Slot, Any]:
    """Slots with a free place that begin from `from_` to before `to`, earliest first.

    `institution_ids` None means everywhere. `types` narrows to where one of them is taken: a
    mode that names no types takes whatever was agreed.
    """
    found = Slot.objects.filter(
        withdrawn_at__isnull=True,
        used__lt=F("capacity"),
        during__startswith__gte=from_,
        during__startswith__lt=to,
    )
    if institution_ids is not None:
        found = found.filter(institution__in=list(institution_ids))
    if wanted := list(types):
        taking = Q(door__mode__types__isnull=True) | Q(door__mode__types__in=wanted)
        found = found.filter(taking).distinct()
    related = ("site", "institution__organisation", "door__mode")
    return found.select_related(*related).order_by("during", "pk")


def free_by_day(institution_id: int, zone: str, at: datetime, days: int) -> list[dict[str, Any]]:
    """For each day with free places, beginning now: how many times and places; one query."""
    local = ZoneInfo(zone)
    last = at.astimezone(local).date() + timedelta(days=days)
    to = datetime.combine(last, time.min, local)
    found: QuerySet[Any, Any] = open_slots([institution_id], at, to).order_by()
    return list(
        found.annotate(on=TruncDate("during__startswith", tzinfo=local))
        .values("on")
        .annotate(times=Count("pk"), places=Sum(F("capacity") - F("used")))
        .order_by("on")
    )


def of_house(institution_id: int, zone: str, on: date, days: int) -> QuerySet[Slot, Any]:
    """Every time of the days that begin with this one; withdrawn ones while promises stand."""
    local = ZoneInfo(zone)
    begins = datetime.combine(on, time.min, local)
    to = datetime.combine(on + timedelta(days=days), time.min, local)
    return (
        Slot.objects.filter(
            Q(withdrawn_at__isnull=True) | Q(used__gt=0),
            institution=institution_id,
            during__startswith__gte=begins,
            during__startswith__lt=to,
        )
        .select_related("site")
        .annotate(on=TruncDate("during__startswith", tzinfo=local))
        .order_by("during", "pk")
    )
