"""What shifted a term is kept by the database: never shorter, never changed, never out of date."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import InternalError, OperationalError

from casework.models import CalendarVersion, Shift, Term
from casework.terms import last_day
from tests.casework import clockwork

MOSCOW = ZoneInfo("Europe/Moscow")
DAY = timedelta(days=1)
MONDAY = datetime(2026, 3, 2, 12, tzinfo=MOSCOW)
FIRST = MONDAY + 2 * DAY
pytestmark = pytest.mark.django_db


def shift_of(term: Term, **fields: Any) -> Shift:
    row = {"kind": "paused", "at": FIRST, "on": FIRST.date(), "due_before": term.due_at}
    return Shift(term=term, **row | {"due_at": term.due_at} | fields)


def test_the_database_refuses_a_shift_that_shortens() -> None:
    term = clockwork.begin(MONDAY)
    with pytest.raises(IntegrityError, match="no_shift_shortens_a_term"):
        shift_of(term, due_at=term.due_at - DAY).save()


@pytest.mark.parametrize(
    "change",
    [
        "update casework_shift set due_at = due_at + interval '1 day'",
        "delete from casework_shift",
        "set constraints all immediate; truncate casework_shift",
        "update casework_calendarversion set note = 'x'",
        "delete from casework_calendaredit",
    ],
)
def test_what_shifted_a_term_is_never_changed(change: str) -> None:
    shift_of(clockwork.begin(MONDAY)).save()
    if "edit" in change:
        version = CalendarVersion.objects.create(number=2, at=FIRST)
        version.edits.create(on=FIRST.date(), after=False)
    with pytest.raises(InternalError, match="append-only"), transaction.atomic():
        connection.cursor().execute(change)


@pytest.mark.parametrize("verb", ["update", "delete", "truncate"])
@pytest.mark.parametrize(
    "table", ["casework_shift", "casework_calendaredit", "casework_calendarversion"]
)
def test_the_application_may_only_add(verb: str, table: str) -> None:
    question = "select has_table_privilege('open_doors_app', %s, %s), "
    question += "has_table_privilege('open_doors_app', %s, 'insert')"
    with connection.cursor() as cursor:
        cursor.execute(question, [table, verb, table])
        assert cursor.fetchone() == (False, True)


def test_what_was_counted_by_an_older_calendar_is_counted_again() -> None:
    term = clockwork.begin(MONDAY)
    CalendarVersion.objects.create(number=2, at=FIRST)
    with pytest.raises(OperationalError, match="the calendar has changed"), transaction.atomic():
        shift_of(term, calendar_id=1).save()
    term.pk, term.name = None, "another"
    with pytest.raises(OperationalError, match="the calendar has changed"), transaction.atomic():
        term.save(force_insert=True)


def test_a_term_keeps_the_later_end_when_the_calendar_lost_a_holiday() -> None:
    at = datetime(2026, 6, 8, 12, tzinfo=MOSCOW)
    term = clockwork.begin(at, 5)
    assert last_day(term).isoformat() == "2026-06-16"
    version = CalendarVersion.objects.create(number=2, at=at)
    version.edits.create(on="2026-06-12", before=False)
    with connection.cursor() as cursor:
        cursor.execute("delete from casework_calendarday where \"on\" = '2026-06-12'")
    clockwork.extend(term, at + DAY)
    again = clockwork.again(term)
    assert (last_day(again).isoformat(), again.calendar_id) == ("2026-06-30", 1)
    assert Shift.objects.get().calendar_id == 2
