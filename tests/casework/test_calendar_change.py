"""The calendar changed by two people: running terms are counted anew, told of, never shortened."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from accounts.hats import Acting
from accounts.roles import Role
from casework import changing, recounting, trail
from casework.calendar import calendar_of, working_calendar
from casework.flows import CalendarChangeFlow as Flow
from casework.letters import letter
from casework.models import (
    CalendarChange,
    CalendarDay,
    CalendarEdit,
    CalendarYear,
    Decision,
    Delivery,
    Entry,
    Notice,
    Shift,
    Term,
)
from casework.process import Refused
from casework.sweep import sweep
from casework.terms import last_day
from tests import factories as make
from tests.casework import clockwork
from tests.casework.calendars import DAY, HOLIDAY, NOW, SATURDAY, THURSDAY, confirm, proposed
from tests.registry.applicants import applicant

MOSCOW = ZoneInfo("Europe/Moscow")
pytestmark = pytest.mark.django_db


@pytest.fixture
def one() -> Acting:
    return make.acting(make.registrar())


@pytest.fixture
def two() -> Acting:
    return make.acting(make.registrar())


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [objection.code for objection in refused.value.objections]


# --- two people -----------------------------------------------------------------------------------


def test_nothing_changes_until_another_person_confirms(one: Acting, two: Acting) -> None:
    change = proposed(one, {THURSDAY: False, SATURDAY: True})
    assert working_calendar().is_working(THURSDAY)
    change = confirm(change, two)
    calendar = working_calendar()
    assert [calendar.is_working(on) for on in (THURSDAY, SATURDAY)] == [False, True]
    assert (calendar.version, change.version_id) == (2, 2)
    assert (change.proposed_by, change.confirmed_by) == (one.user, two.user)
    assert (change.counted, change.moved, change.kept) == (0, 0, 0)


def test_whoever_proposed_does_not_confirm(one: Acting) -> None:
    change = proposed(one, {THURSDAY: False})
    with pytest.raises(Refused) as refused:
        confirm(change, one)
    assert codes(refused) == ["own_case"]


def test_the_chief_proposes_and_confirms_too(one: Acting) -> None:
    chief = make.acting(make.member(make.department(), Role.CHIEF))
    confirm(proposed(chief, {THURSDAY: False}), one)
    confirm(proposed(one, {THURSDAY: True}), chief)
    assert working_calendar().is_working(THURSDAY)


def test_the_database_keeps_the_two_people_apart(one: Acting, two: Acting) -> None:
    change = confirm(proposed(one, {THURSDAY: False}), two)
    change.confirmed_by = change.proposed_by
    with pytest.raises(IntegrityError, match="calendar_change_by_two_people"):
        change.save()


def test_others_of_the_department_have_no_hand_in_it(one: Acting) -> None:
    change = proposed(one, {THURSDAY: False})
    with pytest.raises(Refused) as refused:
        confirm(change, make.acting(make.member(make.department(), Role.AUDITOR)))
    assert codes(refused) == ["not_yours"]


def test_the_same_form_twice_is_one_proposal(one: Acting) -> None:
    assert proposed(one, {THURSDAY: False}) == proposed(one, {THURSDAY: False})
    assert CalendarChange.objects.count() == 1


def test_silence_is_told_to_the_chief_and_changes_nothing(one: Acting) -> None:
    chief = make.member(make.department(), Role.CHIEF)
    change = proposed(one, {THURSDAY: False})
    term = Term.objects.get(case=change.case)
    assert (term.days, sweep(term.due_at), sweep(term.due_at + DAY)) == (5, 1, 0)
    assert Notice.objects.filter(kind="calendar_change_escalate", person=chief).count() == 1
    assert working_calendar().version == 1


# --- what is refused ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("days", "fields", "found"),
    [
        ({}, {}, ["same"]),
        ({THURSDAY: True, HOLIDAY: False}, {}, ["same"]),
        ({date(2027, 6, 11): False}, {}, ["year"]),
        ({THURSDAY: False}, {"act_on": date(2026, 6, 9)}, ["act"]),
        ({}, {"act_on": date(2026, 6, 9)}, ["same", "act"]),
    ],
)
def test_what_makes_no_sense_is_refused_with_every_reason(
    one: Acting, days: dict, fields: dict, found: list[str]
) -> None:
    with pytest.raises(Refused) as refused:
        proposed(one, days, **fields)
    assert codes(refused) == found
    assert not CalendarChange.objects.exists()
    assert not Decision.objects.exists()


def test_two_proposals_for_one_year_are_decided_one_after_the_other(
    one: Acting, two: Acting
) -> None:
    first = proposed(one, {THURSDAY: False})
    with pytest.raises(Refused) as refused:
        proposed(two, {SATURDAY: True}, key="second")
    assert codes(refused) == ["waits"]
    proposed(two, {date(2027, 6, 10): False}, year=2027, key="another year")
    confirm(first, two)
    with pytest.raises(Refused) as refused:
        proposed(two, {SATURDAY: True}, based_on=1, key="third")
    assert codes(refused) == ["moved_on"]
    proposed(two, {SATURDAY: True}, key="fourth")


def test_a_decree_that_changes_no_day_makes_the_year_certain(one: Acting, two: Acting) -> None:
    at = datetime(2026, 12, 24, 12, tzinfo=MOSCOW)
    term = clockwork.begin(at, 10)
    assert term.provisional
    assert 2027 not in working_calendar().decreed
    confirm(proposed(one, {}, year=2027), two)
    again = clockwork.again(term)
    assert 2027 in working_calendar().decreed
    assert (again.provisional, again.due_at, again.calendar_id) == (False, term.due_at, 2)
    assert not Shift.objects.exists()


# --- versions -------------------------------------------------------------------------------------


def test_every_version_can_be_read_again(one: Acting, two: Acting) -> None:
    first = working_calendar()
    confirm(proposed(one, {THURSDAY: False, HOLIDAY: True, SATURDAY: True}), two)
    second = working_calendar()
    confirm(proposed(two, {THURSDAY: True, HOLIDAY: False}, key="back"), one)
    assert calendar_of(1).exceptions == first.exceptions
    assert calendar_of(2).exceptions == second.exceptions
    assert (
        second.exceptions
        == first.changed({THURSDAY: False, HOLIDAY: True, SATURDAY: True}, first.decreed).exceptions
    )
    edits = CalendarEdit.objects.order_by("version", "on").values_list("version", "before", "after")
    assert list(edits) == [
        (2, None, False),
        (2, False, None),
        (2, None, True),
        (3, False, None),
        (3, None, False),
    ]
    assert not CalendarDay.objects.filter(on=THURSDAY).exists()


def test_the_act_stands_beside_its_year(one: Acting, two: Acting) -> None:
    confirm(proposed(one, {THURSDAY: False}), two)
    assert CalendarYear.objects.get(pk=2026).source == "№ 812, 05.06.2026"


# --- running terms --------------------------------------------------------------------------------


def test_terms_are_counted_anew_and_none_gets_shorter(one: Acting, two: Acting) -> None:
    moved, kept = clockwork.begin(NOW, 3), clockwork.begin(NOW, 10)
    same = clockwork.begin(NOW, 1)
    at_rest = clockwork.begin(NOW - 7 * DAY, 10, "cd")  # over on Thursday
    before = {term.pk: term.due_at for term in (moved, kept, same, at_rest)}
    # Two working days come and one goes: short terms move, long ones would come nearer.
    days = {THURSDAY: False, HOLIDAY: True, SATURDAY: True}
    change = proposed(one, days)
    shown = changing.done(change, working_calendar(), NOW)
    assert shown is not None
    assert (shown.counted, shown.moved, shown.kept) == (4, 2, 1)
    change = confirm(change, two)
    assert (change.counted, change.moved, change.kept) == (4, 2, 1)
    ends = {term.pk: clockwork.again(term) for term in (moved, kept, same, at_rest)}
    assert last_day(ends[moved.pk]) == HOLIDAY
    assert last_day(ends[at_rest.pk]) == HOLIDAY
    assert [ends[one.pk].due_at for one in (kept, same)] == [before[one.pk] for one in (kept, same)]
    assert [ends[one.pk].calendar_id for one in (moved, kept, same, at_rest)] == [2, 1, 2, 2]
    shifts = Shift.objects.order_by("term")
    assert [(one.term_id, one.kind, one.due_before) for one in shifts] == [
        (one.pk, "recounted", before[one.pk])
        for one in sorted((moved, at_rest), key=lambda t: t.pk)
    ]
    assert {one.calendar_id for one in shifts} == {2}


def test_what_stands_still_is_counted_when_it_runs_on(one: Acting, two: Acting) -> None:
    term = clockwork.begin(NOW - 7 * DAY, 10)
    clockwork.stop(term, NOW - 5 * DAY)
    due = clockwork.again(term).due_at
    change = confirm(proposed(one, {THURSDAY: False}), two)
    assert (change.counted, clockwork.again(term).due_at) == (0, due)
    clockwork.run_on(term, NOW)
    # Two days were had; eight more from Tuesday, without Thursday and Friday.
    again = clockwork.again(term)
    assert (last_day(again), again.calendar_id) == (date(2026, 6, 22), 2)


def test_what_has_passed_stays_passed(one: Acting, two: Acting) -> None:
    term = clockwork.begin(NOW - 7 * DAY, 3)
    last = last_day(term)
    assert term.due_at < NOW
    confirm(proposed(one, {last: False}), two)
    assert clockwork.again(term).due_at == term.due_at


def test_days_that_have_passed_may_be_corrected(one: Acting, two: Acting) -> None:
    term = clockwork.begin(NOW - 7 * DAY, 10)
    confirm(proposed(one, {date(2026, 6, 3): False}), two)
    assert last_day(clockwork.again(term)) == last_day(term) + DAY


def test_an_extended_term_is_counted_with_its_extension(one: Acting, two: Acting) -> None:
    term = clockwork.lived(NOW - 7 * DAY, 10, extended=NOW - DAY)
    confirm(proposed(one, {THURSDAY: False}), two)
    again = clockwork.again(term)
    assert (last_day(term), last_day(again)) == (date(2026, 6, 30), date(2026, 7, 1))


# --- who hears, and the trail ---------------------------------------------------------------------


def test_both_sides_hear_once_of_every_case_whose_term_moved(one: Acting, two: Acting) -> None:
    made = applicant(at=NOW - 3 * DAY)
    made.submit(NOW - 3 * DAY)
    change = proposed(one, {THURSDAY: False})
    told = Notice.objects.filter(kind="term_moved")
    assert not told.exists()
    confirm(change, two)
    case = made.application.case
    of_the_case = told.filter(case=case)
    people = {make.acting(made.head.user).user.pk, one.user.pk, two.user.pk}
    assert sorted(of_the_case.values_list("person", flat=True)) == sorted(people)
    assert Delivery.objects.filter(notice__in=told).count() == told.count()
    assert Entry.objects.filter(action="term.moved", subject=f"case:{change.case_id}").count() == 1
    assert trail.verify()[1] is None


@pytest.mark.parametrize(
    ("language", "clock"), [("ru", "последний день был"), ("en", "the last day was")]
)
def test_the_letter_names_the_days_before_and_after(
    one: Acting, two: Acting, language: str, clock: str
) -> None:
    made = applicant(at=NOW - 3 * DAY)
    made.submit(NOW - 3 * DAY)
    confirm(proposed(one, {THURSDAY: False}), two)
    notice = Notice.objects.get(kind="term_moved", person=made.head.user.pk)
    found = letter(notice, language)
    before, after = (notice.values["terms"][0][key] for key in ("before", "after"))
    assert (before, after) == ("2026-06-15", "2026-06-16")
    assert clock in found.text
    assert made.application.case.ref in found.subject


def test_who_hears_is_asked_once_for_an_organisation(one: Acting, two: Acting) -> None:
    def asked(number: int) -> int:
        for _number in range(number):
            clockwork.begin(NOW, 3)
        change = proposed(one, {THURSDAY: False}, key=f"of-{number}")
        with CaptureQueriesContext(connection) as queries:
            recounting.effect_of(changing.changed_calendar(change, working_calendar()), NOW)
        Flow.withdraw(change, by=one, at=NOW, key=f"away-{number}")
        return len(queries)

    assert asked(2) == asked(12)
