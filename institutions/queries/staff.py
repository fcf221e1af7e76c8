"""Who of an institution may be with its visitors."""

from datetime import date
from typing import Any

from django.db.models import QuerySet

from accounts.models import User
from accounts.permissions import Permission
from casework.parties import holders


def with_visitors(institution_id: int, on: date) -> QuerySet[User, Any]:
    """The members of staff who receive visitors, on a day, by name."""
    found = User.objects.filter(
        is_active=True,
        memberships__organisation=institution_id,
        memberships__during__contains=on,
        memberships__role__in=holders(Permission.ANSWER_VISITS),
    )
    return found.distinct().order_by("family_name", "pk")


def receives(person_id: int | None, institution_id: int, on: date) -> bool:
    """Whether this person, if one is named at all, receives visitors here on that day."""
    return person_id is not None and with_visitors(institution_id, on).filter(pk=person_id).exists()
