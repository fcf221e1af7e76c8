"""The calendar changed by the application's own role, while others begin and stop their terms."""

import threading
from datetime import UTC, date, datetime

from django.db import connection

from casework.calendar import working_calendar
from casework.engine import retried
from casework.flows import CalendarChangeFlow
from casework.models import CalendarChange, CalendarYear, Shift, Term
from casework.services.calendar import Wanted, propose
from casework.terms import last_day
from tests import factories as make
from tests.casework import clockwork

AT = datetime(2026, 6, 8, 12, tzinfo=UTC)  # a Monday; Friday is a holiday
THURSDAY = date(2026, 6, 11)
BEFORE, AFTER = date(2026, 6, 11), date(2026, 6, 15)
MANY = 40


def proposed() -> CalendarChange:
    one = make.acting(make.registrar())
    wanted = Wanted({THURSDAY: False}, True, 1, "812", date(2026, 6, 5))
    return propose(CalendarYear.objects.get(pk=2026), wanted, by=one, at=AT, key="k")


def confirmed(change: CalendarChange) -> None:
    two = make.acting(make.registrar())
    CalendarChangeFlow.confirm(change, by=two, at=AT, key="c")


def test_the_application_itself_may_change_the_calendar(clone: str) -> None:
    term = retried(lambda: clockwork.begin(AT, 3))
    assert last_day(term) == BEFORE
    confirmed(proposed())
    assert working_calendar().version == 2
    assert last_day(clockwork.again(term)) == AFTER


def test_no_term_that_begins_meanwhile_keeps_the_old_calendar(clone: str) -> None:
    change, begun = proposed(), threading.Event()

    def begin() -> None:
        for number in range(MANY):
            retried(lambda: clockwork.begin(AT, 3))
            if number == MANY // 4:
                begun.set()
        connection.close()

    thread = threading.Thread(target=begin)
    thread.start()
    begun.wait()
    confirmed(change)
    thread.join()
    terms = Term.objects.filter(name=clockwork.NAME)
    assert [last_day(term) for term in terms] == [AFTER] * MANY
    moved = Shift.objects.filter(kind=Shift.Kind.RECOUNTED).count()
    assert 0 < moved <= MANY


def test_a_term_stopped_meanwhile_is_not_set_back(clone: str) -> None:
    terms = [retried(lambda: clockwork.begin(AT, 3)) for _number in range(MANY)]
    change, begun = proposed(), threading.Event()

    def stop() -> None:
        for number, term in enumerate(terms):
            retried(lambda term=term: clockwork.stop(term, AT))
            if number == MANY // 4:
                begun.set()
        connection.close()

    thread = threading.Thread(target=stop)
    thread.start()
    begun.wait()
    confirmed(change)
    thread.join()
    for term in terms:
        newest = clockwork.again(term).shifts.order_by("-pk").first()
        assert newest is not None
        assert clockwork.again(term).due_at == newest.due_at
        retried(lambda term=term: clockwork.run_on(term, AT))
        assert last_day(clockwork.again(term)) == AFTER
