"""Every date against a second opinion: the golden table, vectors computed by hand, properties."""

import json
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casework.calendar import Pause, WorkingCalendar, working_calendar
from casework.counting import counting
from casework.lateness import lateness
from casework.recounting import effect_of
from casework.terms import last_day
from tests.casework import clockwork, oracle

MOSCOW = ZoneInfo("Europe/Moscow")
DAY = timedelta(days=1)
TABLE = json.loads(oracle.GOLDEN.read_text(encoding="utf-8"))
LEAST = 200
# Day of receipt, length, last day: computed by hand from the decrees of 2026 and the list of 2027.
BY_HAND = [
    ("2025-12-26", 10, "2026-01-21"),
    ("2026-04-29", 10, "2026-05-15"),
    ("2026-02-16", 7, "2026-02-26"),
    ("2026-06-01", 14, "2026-06-22"),
    ("2026-10-26", 10, "2026-11-10"),
    ("2027-02-15", 10, "2027-03-02"),
    ("2027-04-26", 7, "2027-05-06"),
]
# 2026: every weekday off, and the days that look like one and are worked.
OFF_IN_2026 = """01-01 01-02 01-05 01-06 01-07 01-08 01-09 02-23 03-09 05-01 05-11 06-12 11-04
    12-31"""
SHORT_IN_2026 = "04-30 05-08 06-11 11-03"
OFF_IN_2027 = """01-01 01-04 01-05 01-06 01-07 01-08 02-22 02-23 03-08 05-03 05-10 06-14 11-04
    11-05 12-31"""


def instant(text: str) -> datetime:
    return datetime.fromisoformat(text)


def test_the_table_is_large_and_names_no_case_twice() -> None:
    asked = [json.dumps({k: row[k] for k in oracle.asked("2026-01-01", 1)}) for row in TABLE]
    assert len(set(asked)) == len(TABLE) >= LEAST


def test_the_table_is_what_the_oracle_says() -> None:
    assert oracle.GOLDEN.read_text(encoding="utf-8") == oracle.table()


@pytest.mark.django_db
def test_the_product_says_what_the_table_says() -> None:
    said = []
    for row in TABLE:
        term = clockwork.lived(
            instant(row["received"]),
            row["days"],
            row["unit"],
            zone=row["zone"],
            extended=instant(row["extended"]) if row["extended"] else None,
            pauses=[(instant(a), instant(b)) for a, b in row["pauses"]],
        )
        said.append(
            row
            | {
                "last_day": last_day(term).isoformat(),
                "passes_at": term.due_at.astimezone(UTC).isoformat(),
                "provisional": term.provisional,
            }
        )
    assert said == TABLE


@pytest.mark.parametrize(("received", "days", "last"), BY_HAND)
def test_the_oracle_agrees_with_what_was_computed_by_hand(
    received: str, days: int, last: str
) -> None:
    found = oracle.last_day(date.fromisoformat(received), days, "wd", [], oracle.WORKING)
    assert found == date.fromisoformat(last)


@pytest.mark.parametrize(("year", "off"), [(2026, OFF_IN_2026), (2027, OFF_IN_2027)])
@pytest.mark.django_db
def test_the_calendar_has_the_days_off_of_the_decree(year: int, off: str) -> None:
    calendar, on = working_calendar(), date(year, 1, 1)
    weekdays = [on + n * DAY for n in range(365) if (on + n * DAY).weekday() < 5]
    found = [f"{day:%m-%d}" for day in weekdays if not calendar.is_working(day)]
    assert found == off.split()


@pytest.mark.django_db
def test_moved_saturdays_are_worked_and_short_days_count_whole() -> None:
    calendar = working_calendar()
    saturdays = [on for on, works in calendar.exceptions.items() if works and on.year == 2027]
    assert saturdays == [date(2027, 2, 20)]
    assert not [on for on, works in calendar.exceptions.items() if works and on.year == 2026]
    assert all(calendar.is_working(date.fromisoformat(f"2026-{d}")) for d in SHORT_IN_2026.split())
    assert not calendar.is_working(date(2025, 12, 31))


# --- properties of the count alone ------------------------------------------------------------

days_of_years = st.dates(date(2024, 1, 1), date(2029, 1, 1))
lengths = st.integers(1, 60)
units = st.sampled_from(["wd", "cd"])
exceptions = st.dictionaries(days_of_years, st.booleans(), max_size=60)


@st.composite
def stops(draw: st.DrawFn) -> tuple[date, tuple[Pause, ...]]:
    """A first day, and up to three pauses one after the other that begin on it or later."""
    start = after = draw(days_of_years)
    found = []
    for _number in range(draw(st.integers(0, 3))):
        after += draw(st.integers(0, 15)) * DAY
        through = after + draw(st.integers(0, 40)) * DAY
        found.append(Pause(after, through))
        after = through
    return start, tuple(found)


@given(stops(), lengths, units, exceptions, days_of_years)
def test_a_day_off_more_never_brings_an_end_nearer(
    when: tuple[date, tuple[Pause, ...]], days: int, unit: str, known: dict, holiday: date
) -> None:
    start, pauses = when
    calendar = WorkingCalendar(known, frozenset())
    one_more = calendar.changed({holiday: False}, frozenset())
    assert one_more.due(start, days, unit, pauses) >= calendar.due(start, days, unit, pauses)


@given(days_of_years, lengths, exceptions, st.integers(1, 30))
def test_an_extension_makes_a_term_longer(start: date, days: int, known: dict, more: int) -> None:
    calendar = WorkingCalendar(known, frozenset())
    shorter, longer = calendar.due(start, days), calendar.due(start, days + more)
    between = (shorter + n * DAY for n in range(1, (longer - shorter).days + 1))
    assert sum(map(calendar.is_working, between)) == more


@given(stops(), lengths, units, exceptions, st.integers(1, 30))
def test_an_extension_never_brings_an_end_nearer_whenever_the_term_stood_still(
    when: tuple[date, tuple[Pause, ...]], days: int, unit: str, known: dict, more: int
) -> None:
    start, pauses = when
    calendar = WorkingCalendar(known, frozenset())
    shorter, longer = (calendar.due(start, n, unit, pauses) for n in (days, days + more))
    assert longer >= shorter


@given(stops(), lengths, units, exceptions)
def test_a_term_ends_on_a_working_day_on_which_it_does_not_stand_still(
    when: tuple[date, tuple[Pause, ...]], days: int, unit: str, known: dict
) -> None:
    start, pauses = when
    calendar = WorkingCalendar(known, frozenset())
    *_, last = calendar.count(start, days, unit, pauses)
    assert last.working
    assert not any(pause.after <= last.on < pause.through for pause in pauses)


@given(days_of_years, lengths, st.integers(0, 60), st.integers(0, 40), exceptions)
def test_pause_and_resume_shift_the_end_by_exactly_the_days_between(
    start: date, days: int, waited: int, stood: int, known: dict
) -> None:
    calendar = WorkingCalendar(known, frozenset())
    plain = calendar.due(start, days)
    pause = Pause(start + waited * DAY, start + (waited + stood) * DAY)
    if pause.after >= plain:
        pause = Pause(plain - DAY, plain - DAY + stood * DAY)
    between = (pause.after + n * DAY for n in range(1, stood + 1))
    lost = sum(map(calendar.is_working, between))
    assert calendar.due(start, days, "wd", (pause,)) == calendar.due(start, days + lost)


@given(days_of_years, lengths, units, st.integers(0, 40), exceptions)
def test_a_term_stopped_on_its_last_day_ends_when_it_runs_on(
    start: date, days: int, unit: str, stood: int, known: dict
) -> None:
    calendar = WorkingCalendar(known, frozenset())
    last = calendar.due(start, days, unit)
    runs_on = last + stood * DAY
    end = calendar.due(start, days, unit, (Pause(last, runs_on),))
    first_working = next(
        runs_on + n * DAY for n in range(1000) if calendar.is_working(runs_on + n * DAY)
    )
    assert end == first_working


@given(stops(), lengths, units)
def test_the_oracle_and_the_calendar_agree_wherever_the_file_of_holidays_reaches(
    when: tuple[date, tuple[Pause, ...]], days: int, unit: str
) -> None:
    start, pauses = when
    if start.year > 2026:
        start, pauses = start.replace(year=2025, day=1), ()
    known = {on: on in oracle.WORKING for on in (date(2024, 1, 1) + n * DAY for n in range(1461))}
    found = WorkingCalendar(known, frozenset()).due(start, days, unit, pauses)
    asked = [(pause.after, pause.through) for pause in pauses]
    assert found == oracle.last_day(start, days, unit, asked, oracle.WORKING)


# --- properties of terms as rows ---------------------------------------------------------------

instants = st.datetimes(datetime(2026, 1, 1), datetime(2026, 10, 1), timezones=st.just(MOSCOW))
hours = st.integers(0, 24 * 20)
written = settings(max_examples=40, deadline=None)


@st.composite
def lives(draw: st.DrawFn) -> dict:
    """A term with an extension or none and up to two pauses, in any order."""
    at = draw(instants)
    moment, pauses = at, []
    for _number in range(draw(st.integers(0, 2))):
        moment += timedelta(hours=draw(hours))
        runs_on = moment + timedelta(hours=draw(hours))
        pauses.append((moment, runs_on))
        moment = runs_on
    extended = at + timedelta(hours=draw(st.integers(0, 12))) if draw(st.booleans()) else None
    return {
        "at": at,
        "days": draw(st.integers(2, 40)),
        "unit": draw(units),
        "extended": extended,
        "pauses": pauses,
    }


@pytest.mark.django_db
@written
@given(lives())
def test_the_days_listed_on_the_page_end_where_the_term_ends(life: dict) -> None:
    term = clockwork.lived(life.pop("at"), life.pop("days"), **life)
    found = counting(term, term.started_at)
    assert found.days[-1].on == last_day(term)
    assert max(day.number or 0 for day in found.days) == term.days
    numbers = [day.number for day in found.days if day.number]
    assert numbers == list(range(1, (term.days or 0) + 1))


@pytest.mark.django_db
@written
@given(lives(), st.dictionaries(st.dates(date(2026, 1, 1), date(2026, 12, 31)), st.booleans()))
def test_a_changed_calendar_never_brings_an_end_nearer(life: dict, days: dict) -> None:
    at = life["at"]
    term = clockwork.lived(life.pop("at"), life.pop("days"), **life)
    before = term.due_at
    now = working_calendar()
    effect = effect_of(now.changed(days, now.decreed), at)
    ends = {one.term.pk: one.end for one in effect.moved}
    assert ends.get(term.pk, before) >= before


@pytest.mark.django_db
@written
@given(lives(), st.integers(0, 24 * 60))
def test_a_term_that_stands_still_is_never_late_unless_it_was_late_before(
    life: dict, later: int
) -> None:
    pauses = life.pop("pauses")
    stopped = pauses[0][0] if pauses else life["at"]
    term = clockwork.lived(life.pop("at"), life.pop("days"), **life)
    late_before = lateness(term, stopped).tone == "late"
    clockwork.stop(term, stopped)
    found = lateness(clockwork.again(term), stopped + timedelta(hours=later))
    assert (found.tone == "late") is late_before
    assert found.tone in {"late", "paused"}
