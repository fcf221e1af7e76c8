"""Slots: published from windows, and their places taken and given back."""

from datetime import datetime

from django.db.models import F
from django.utils import timezone

from casework.parameters import rules_on
from institutions.consequences.slots import refill
from institutions.models import Slot
from registry.models import Site

SITES_AT_ONCE = 200


def publish(site: Site, at: datetime) -> int:
    """Make the site's future slots what its doors say; how many are new. Repeating it is safe."""
    return refill([site.pk], at, _ahead(at))


def publish_all(at: datetime) -> int:
    """The same for every site with a door, in pieces of one transaction each."""
    ids = list(Site.objects.order_by("pk").values_list("pk", flat=True))
    pieces = (ids[n : n + SITES_AT_ONCE] for n in range(0, len(ids), SITES_AT_ONCE))
    ahead = _ahead(at)
    return sum(refill(piece, at, ahead) for piece in pieces)


def take_places(slot_id: int, people: int, at: datetime) -> bool:
    """Take places for so many people, all or none: one statement, so nobody can be quicker."""
    if people < 1:
        raise ValueError(people)
    free = Slot.objects.filter(
        pk=slot_id,
        withdrawn_at__isnull=True,
        during__startswith__gt=at,
        used__lte=F("capacity") - people,
    )
    return bool(free.update(used=F("used") + people))


def give_back(slot_id: int, people: int) -> None:
    """Free places that were taken; the database refuses to free more than that."""
    Slot.objects.filter(pk=slot_id).update(used=F("used") - people)


def _ahead(at: datetime) -> int:
    return rules_on(timezone.localdate(at)).number("slots.ahead")
