"""Telling people: rows in the caller's transaction. Celery only carries them out."""

import json
from datetime import datetime
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, transaction
from django.db.models import QuerySet

from accounts.models import User
from casework.models import Case

_TELL = """
    with notice as (
        insert into casework_notice (key, person_id, case_id, kind, "values", at)
        select %s || ':' || heard.person, heard.person, %s, %s, %s::jsonb, %s
          from ({people}) heard (person)
            on conflict (key) do nothing
        returning id, at
    ), letter as (
        insert into casework_delivery (notice_id, channel, state, available_at, attempts, trouble)
        select id, 'email', 'queued', at, 0, '' from notice
        returning 1
    )
    select count(*) from letter
"""


def tell(
    people: QuerySet[User, Any],
    *,
    kind: str,
    values: dict[str, Any],
    at: datetime,
    key: str,
    case: Case | None = None,
) -> int:
    """One notice for each person, once per key, and its letter; how many were new: one query."""
    try:
        heard, whom = people.order_by().values("pk").query.sql_with_params()
    except EmptyResultSet:
        return 0
    written = json.dumps(values, cls=DjangoJSONEncoder)
    with connection.cursor() as cursor:
        cursor.execute(
            _TELL.format(people=heard),
            [key, case.pk if case else None, kind, written, at, *whom],
        )
        (new,) = cursor.fetchone()
    if new:
        transaction.on_commit(ring, robust=True)
    told: int = new
    return told


def ring() -> None:
    """The doorbell: a worker looks at once. A dead broker loses nothing, the scan comes anyway."""
    from casework.tasks import deliver  # noqa: PLC0415  (tasks are above; this only rings)

    deliver.apply_async(retry=False, ignore_result=True)
