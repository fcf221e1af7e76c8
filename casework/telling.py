"""Telling people: rows in the caller's transaction. Celery only carries them out."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction

from accounts.models import User
from casework.models import Case, Delivery, Notice

EMAIL = "email"


def tell(
    people: Iterable[User],
    *,
    kind: str,
    values: dict[str, Any],
    at: datetime,
    key: str,
    case: Case | None = None,
) -> int:
    """One notice for each person, once per key; how many were new."""
    by_key = {f"{key}:{person.pk}": person for person in people}
    known = set(Notice.objects.filter(key__in=by_key).values_list("key", flat=True))
    new = [
        Notice(key=one, person=person, case=case, kind=kind, values=values, at=at)
        for one, person in by_key.items()
        if one not in known
    ]
    if not new:
        return 0
    Notice.objects.bulk_create(new)
    Delivery.objects.bulk_create(
        Delivery(notice=notice, channel=EMAIL, available_at=at) for notice in new
    )
    transaction.on_commit(ring, robust=True)
    return len(new)


def ring() -> None:
    """The doorbell: a worker looks at once. A dead broker loses nothing, the scan comes anyway."""
    from casework.tasks import deliver  # noqa: PLC0415  (tasks are above; this only rings)

    deliver.apply_async(retry=False, ignore_result=True)
