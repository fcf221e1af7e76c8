"""Terms in working days: the count begins the next day, by the calendar in the database."""

import json
import subprocess
import sys
from datetime import date, timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from casework.calendar import OutsideTheCalendar, WorkingCalendar, working_calendar

ROOT = Path(__file__).resolve().parent.parent.parent
TERMS = [
    ("2025-12-26", 10, "2026-01-21"),
    ("2026-04-29", 10, "2026-05-15"),
    ("2026-02-16", 7, "2026-02-26"),
    ("2026-06-01", 14, "2026-06-22"),
    ("2026-10-26", 10, "2026-11-10"),
    ("2027-02-15", 10, "2027-03-02"),
    ("2027-04-26", 7, "2027-05-06"),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("start", "days", "due"), TERMS)
def test_a_term_ends_on_the_day_the_decree_gives(start: str, days: int, due: str) -> None:
    calendar = working_calendar()
    assert calendar.due(date.fromisoformat(start), days) == date.fromisoformat(due)


@pytest.mark.django_db
def test_the_command_prints_the_date_alone() -> None:
    out = StringIO()
    call_command("due", "2026-10-26", "10", stdout=out)
    assert out.getvalue() == "2026-11-10\n"


@pytest.mark.django_db
@pytest.mark.parametrize("days", ["0", "-3", "1001"])
def test_a_length_that_makes_no_sense_is_refused_with_2(days: str) -> None:
    with pytest.raises(CommandError) as refusal:
        call_command("due", "2026-10-26", "--", days)
    assert refusal.value.returncode == 2


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (
            ["2026-12-24", "10"],
            {"days": 10, "unit": "wd", "due": "2027-01-18", "provisional": True},
        ),
        (
            ["2026-06-10", "2", "--unit", "cd"],
            {"days": 2, "unit": "cd", "due": "2026-06-15", "provisional": False},
        ),
    ],
)
def test_the_command_tells_the_same_as_json(asked: list[str], told: dict[str, object]) -> None:
    out = StringIO()
    call_command("due", *asked, "--json", stdout=out)
    assert json.loads(out.getvalue()) == {"start": asked[0]} | told


@pytest.mark.parametrize(
    "asked", [["2026-13-01", "10"], ["soon", "10"], ["2026-10-26", "ten"], ["2026-10-26"]]
)
def test_what_is_no_date_or_number_ends_with_2(asked: list[str]) -> None:
    command = [sys.executable, "manage.py", "due", *asked]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    assert (ended.returncode, ended.stdout) == (2, b"")


@pytest.mark.django_db
@pytest.mark.parametrize("start", ["2035-12-20", "9999-12-31", "0001-01-01"])
def test_a_date_that_the_calendar_does_not_reach_ends_with_2(start: str) -> None:
    with pytest.raises(CommandError) as refusal:
        call_command("due", start, "30")
    assert refusal.value.returncode == 2


@pytest.mark.django_db
def test_a_year_without_a_decree_says_so() -> None:
    calendar = working_calendar()
    assert not calendar.is_provisional(date(2026, 5, 1))
    assert calendar.is_provisional(date(2026, 12, 20), date(2027, 1, 15))


def test_a_calendar_day_term_that_ends_at_rest_moves_to_the_next_working_day() -> None:
    calendar = WorkingCalendar({}, frozenset())
    assert calendar.due(date(2026, 10, 26), 5, "cd") == date(2026, 11, 2)
    assert calendar.due(date(2026, 10, 26), 3, "cd") == date(2026, 10, 29)


def test_a_count_beyond_the_calendar_is_refused() -> None:
    calendar = WorkingCalendar({}, frozenset())
    with pytest.raises(OutsideTheCalendar):
        calendar.due(date(2035, 12, 20), 30)


days_of_the_calendar = st.dates(date(2024, 1, 1), date(2030, 1, 1))


@given(days_of_the_calendar, st.integers(1, 60), st.sets(days_of_the_calendar, max_size=40))
def test_one_more_holiday_never_shortens_a_term(
    start: date, days: int, holidays: set[date]
) -> None:
    plain = WorkingCalendar({}, frozenset())
    with_holidays = WorkingCalendar(dict.fromkeys(holidays, False), frozenset())
    assert with_holidays.due(start, days) >= plain.due(start, days)


@given(
    days_of_the_calendar, st.integers(1, 60), st.dictionaries(days_of_the_calendar, st.booleans())
)
def test_the_count_holds_exactly_so_many_working_days(
    start: date, days: int, exceptions: dict[date, bool]
) -> None:
    calendar = WorkingCalendar(exceptions, frozenset())
    due = calendar.due(start, days)
    between = (start + timedelta(n) for n in range(1, (due - start).days + 1))
    assert sum(map(calendar.is_working, between)) == days
    assert calendar.is_working(due)


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["ru", "en"])
def test_the_page_shows_every_day_of_the_count(client, language: str) -> None:
    client.cookies["django_language"] = language
    answer = client.get("/calendar/", {"start": "2026-10-26", "days": "10"})
    assert answer.status_code == 200
    assert answer.context["due"] == date(2026, 11, 10)
    assert len(answer.context["days"]) == 15


@pytest.mark.django_db
@pytest.mark.parametrize(
    "typed",
    [
        {"start": "", "days": ""},
        {"start": "2040-01-01", "days": "5"},
        {"start": "1", "days": "x"},
        {"start": "2026-13-01", "days": "61"},
        {"start": "9999-12-31", "days": "60"},
    ],
)
def test_wrong_input_is_answered_beside_the_field(client, typed: dict[str, str]) -> None:
    answer = client.get("/calendar/", typed)
    assert answer.status_code == 200
    assert answer.context["form"].errors
