"""The rehearsal clock."""

from datetime import UTC, datetime

import pytest
from django.db import connection

from casework import trail
from casework.models import Entry
from demo.clock import rehearsing

THEN = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.mark.django_db
def test_what_is_rehearsed_happened_then() -> None:
    with rehearsing(THEN):
        trail.record(tenant=1, actor=None, action="rehearsed", subject="case:1")
    assert Entry.objects.get(action="rehearsed").at == THEN


def test_after_a_rehearsal_it_is_now_again(clone: str) -> None:
    with rehearsing(THEN):
        pass
    with connection.cursor() as cursor:
        cursor.execute("select abs(extract(epoch from casework_now() - clock_timestamp())) < 1")
        assert cursor.fetchone() == (True,)
