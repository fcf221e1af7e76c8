"""A second opinion on every date: naive, slow, and written from the rule instead of the product.

It reads the file of holidays itself and knows nothing of casework's calendar. The rule:

1. The day of the event is not counted; days are those of the place where the term runs.
2. Every working day (`wd`) or every day (`cd`) after it is a day of the term, unless the term
   stands still: from the day after it was stopped through the day on which it runs on.
3. Calendar days that are over on a day off end on the next working day.
4. A term that was stopped on its very last day ends on the day it runs on, or on the next
   working day: none of its days was left. If it was stopped once more before that day had come,
   the same holds again.

`python -m tests.casework.oracle` writes the golden table anew.
"""

import json
from datetime import UTC, date, datetime, timedelta
from itertools import product
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
GOLDEN = HERE / "golden" / "clocks.json"
HOLIDAYS = HERE.parent.parent / "casework" / "data" / "calendar.json"
HOURS_FROM_UTC = {"Europe/Kaliningrad": 2, "Europe/Moscow": 3, "Asia/Yekaterinburg": 5}
EXTENSION = 10
ONE = timedelta(days=1)


def working_days() -> set[date]:
    """Every working day of the years that the file holds."""
    years = json.loads(HOLIDAYS.read_text(encoding="utf-8"))
    found: set[date] = set()
    for year, told in years.items():
        day = date(int(year), 1, 1)
        while day.year == int(year):
            if day.isoweekday() <= 5:
                found.add(day)
            day += ONE
        found -= {date.fromisoformat(one) for one in told["non_working_weekdays"]}
        found |= {date.fromisoformat(one) for one in told["working_weekends"]}
    return found


def decreed_years() -> set[int]:
    """The years whose source is an act that was seen."""
    years = json.loads(HOLIDAYS.read_text(encoding="utf-8"))
    return {int(year) for year, told in years.items() if "provisional" not in told["source"]}


WORKING = working_days()
DECREED = decreed_years()
LAST = max(WORKING)


def local_day(instant: str, zone: str) -> date:
    """The day of an instant where the term runs."""
    moment = datetime.fromisoformat(instant).astimezone(UTC)
    return (moment + timedelta(hours=HOURS_FROM_UTC[zone])).date()


def last_day(
    received: date, days: int, unit: str, pauses: list[tuple[date, date]], working: set[date]
) -> date:
    """The last day of the term, by the four sentences above."""
    asleep: set[date] = set()
    for stopped, runs_on in pauses:
        asleep |= {stopped + n * ONE for n in range(1, (runs_on - stopped).days + 1)}
    ahead = [received + n * ONE for n in range(1, (LAST - received).days + 1)]
    awake = [day for day in ahead if day not in asleep]
    own = [day for day in awake if unit == "cd" or day in working]
    end = own[days - 1]
    if end not in working:
        end = next(day for day in awake if day > end and day in working)
    for stopped, runs_on in pauses:
        if stopped <= end < runs_on:
            end = next(day for day in ahead if day >= runs_on and day in working)
    return end


def answer(case: dict[str, Any]) -> dict[str, Any]:
    """What the golden table says of a case: last day, the instant after it, and how sure it is."""
    zone = case["zone"]
    received = local_day(case["received"], zone)
    pauses = [(local_day(a, zone), local_day(b, zone)) for a, b in case["pauses"]]
    days = case["days"] + (EXTENSION if case["extended"] else 0)
    last = last_day(received, days, case["unit"], pauses, WORKING)
    passes = datetime(last.year, last.month, last.day, tzinfo=UTC) + ONE
    passes -= timedelta(hours=HOURS_FROM_UTC[zone])
    return {
        "last_day": last.isoformat(),
        "passes_at": passes.isoformat(),
        "provisional": not {received.year, last.year} <= DECREED,
    }


def asked(  # noqa: PLR0917  (a row of a table)
    received: str,
    days: int,
    unit: str = "wd",
    extended: str = "",
    pauses: tuple[tuple[str, str], ...] = (),
    zone: str = "Europe/Moscow",
) -> dict[str, Any]:
    """One case; instants without a place are Moscow's, days without an hour are noon."""

    def instant(text: str) -> str:
        text = text if "T" in text else f"{text}T12:00:00"
        return text if text.endswith("Z") or text[-6] in "+-" else f"{text}+03:00"

    return {
        "received": instant(received),
        "days": days,
        "unit": unit,
        "extended": instant(extended) if extended else None,
        "pauses": [[instant(a), instant(b)] for a, b in pauses],
        "zone": zone,
    }


NEW_YEAR = """2024-12-27 2025-12-26 2025-12-30 2025-12-31 2026-01-01 2026-01-09 2026-12-28
    2026-12-30 2026-12-31"""
SATURDAYS = (
    "2024-04-25 2024-04-26 2024-10-31 2024-11-01 2024-12-26 2025-10-31 2027-02-18 2027-02-19"
)
MAY = "2024-04-29 2025-04-30 2026-04-29 2026-04-30 2026-05-08 2027-04-30 2027-05-07"
OTHER = """2024-02-26 2024-02-28 2024-02-29 2026-02-20 2026-02-28 2026-06-10 2026-06-11 2026-10-26
    2026-11-03 2027-06-10 2027-11-02"""
AT_REST = "2026-01-03 2026-02-23 2026-05-02 2026-05-09 2026-06-12 2026-06-13 2026-11-04 2027-01-07"
HAND_COMPUTED = """2025-12-26/10 2026-04-29/10 2026-02-16/7 2026-06-01/14 2026-10-26/10
    2027-02-15/10 2027-04-26/7"""
# The same instant told from many places, and the two instants between which a day begins.
INSTANTS = """2026-06-10T00:00:00+03:00 2026-06-10T23:59:59+03:00 2026-06-10T23:59:59.999999+03:00
    2026-06-11T00:00:00+03:00 2026-06-10T20:59:59Z 2026-06-10T21:00:00Z 2026-06-11T06:59:59+10:00
    2026-06-11T07:00:00+10:00 2026-06-10T22:59:59+02:00 2026-06-10T23:00:00+02:00
    2026-06-10T16:59:59-04:00 2026-06-10T17:00:00-04:00 2025-12-31T23:59:59+03:00
    2026-01-01T00:00:00+03:00 2024-02-28T23:59:59+03:00 2024-02-29T00:00:00+03:00"""
PAUSES = [
    # Within an ordinary week; through a weekend; through May, June and New Year.
    ("2026-03-10", [("2026-03-12", "2026-03-16")]),
    ("2026-03-10", [("2026-03-13", "2026-03-15")]),
    ("2026-03-10", [("2026-03-13", "2026-03-23")]),
    ("2026-04-24", [("2026-04-30", "2026-05-12")]),
    ("2026-04-24", [("2026-04-28", "2026-05-04")]),
    ("2026-06-08", [("2026-06-11", "2026-06-15")]),
    ("2026-06-08", [("2026-06-12", "2026-06-14")]),
    ("2025-12-22", [("2025-12-29", "2026-01-13")]),
    ("2025-12-22", [("2025-12-31", "2026-01-11")]),
    ("2026-12-21", [("2026-12-25", "2027-01-15")]),
    # Over a working Saturday.
    ("2024-10-28", [("2024-11-01", "2024-11-05")]),
    ("2027-02-15", [("2027-02-19", "2027-02-24")]),
    # On one day: nothing changes, whatever the hour.
    ("2026-03-10", [("2026-03-12T09:00:00", "2026-03-12T18:00:00")]),
    ("2026-03-10", [("2026-03-12T00:00:00", "2026-03-12T23:59:59")]),
    ("2026-03-10", [("2026-03-12T23:59:59", "2026-03-13T00:00:00")]),
    # From the very day of receipt.
    ("2026-03-10", [("2026-03-10T13:00:00", "2026-03-17")]),
    ("2026-03-13", [("2026-03-13T13:00:00", "2026-03-15")]),
    # Two and three pauses, also touching.
    ("2026-03-10", [("2026-03-12", "2026-03-16"), ("2026-03-18", "2026-03-25")]),
    ("2026-03-10", [("2026-03-12", "2026-03-16"), ("2026-03-16T15:00:00", "2026-03-19")]),
    ("2026-04-24", [("2026-04-28", "2026-05-05"), ("2026-05-07", "2026-05-13")]),
    (
        "2026-03-10",
        [("2026-03-11", "2026-03-12"), ("2026-03-13", "2026-03-16"), ("2026-03-18", "2026-03-30")],
    ),
    # Long: a quarter; over the end of a year.
    ("2026-03-10", [("2026-03-20", "2026-06-22")]),
    ("2026-09-01", [("2026-09-10", "2027-02-01")]),
]
# Stopped on the very last day: nothing is left but the day on which it runs on.
LAST_DAY = [
    ("2026-03-10", 3, "wd", [("2026-03-13", "2026-03-18")]),
    ("2026-03-10", 3, "wd", [("2026-03-13", "2026-03-15")]),
    ("2026-04-27", 3, "wd", [("2026-04-30", "2026-05-09")]),
    ("2025-12-25", 3, "wd", [("2025-12-30", "2025-12-31")]),
    ("2026-03-10", 3, "wd", [("2026-03-13", "2026-03-16"), ("2026-03-16T15:00:00", "2026-03-20")]),
    # It would run on on a Saturday, and is stopped once more before its Monday has come.
    ("2024-01-01", 1, "wd", [("2024-01-09", "2024-01-13"), ("2024-01-13T15:00:00", "2024-01-16")]),
    ("2026-03-10", 10, "cd", [("2026-03-20", "2026-03-27")]),
    # The days are over on a Saturday; the term is stopped before its Monday has come.
    ("2026-03-10", 4, "cd", [("2026-03-14", "2026-03-18")]),
    ("2026-03-10", 4, "cd", [("2026-03-15", "2026-03-18")]),
    ("2026-03-10", 4, "cd", [("2026-03-16", "2026-03-18")]),
]
EXTENSIONS = [
    ("2026-06-01", 10, "wd", "2026-06-05", []),
    ("2026-06-10", 10, "wd", "2026-06-24", []),
    # Begun before holidays, ending after them.
    ("2026-04-17", 10, "wd", "2026-04-30", []),
    ("2025-12-15", 10, "wd", "2025-12-26", []),
    ("2026-12-14", 10, "wd", "2026-12-25", []),
    ("2024-04-15", 10, "wd", "2024-04-27", []),
    ("2024-12-16", 10, "wd", "2024-12-28", []),
    ("2027-02-08", 10, "wd", "2027-02-20", []),
    ("2026-10-26", 10, "wd", "2026-11-10T23:59:59", []),
    ("2026-03-10", 5, "wd", "2026-03-10T13:00:00", []),
    ("2026-06-01", 30, "cd", "2026-06-20", []),
    ("2026-12-01", 30, "cd", "2026-12-30", []),
    ("2026-04-20", 10, "cd", "2026-04-29", []),
    # Extended, then stopped; stopped, extended meanwhile, run on.
    ("2026-06-01", 10, "wd", "2026-06-05", [("2026-06-08", "2026-06-22")]),
    ("2026-06-01", 10, "wd", "2026-06-05", [("2026-06-05T13:00:00", "2026-06-16")]),
    ("2026-06-01", 10, "wd", "2026-06-10", [("2026-06-08", "2026-06-22")]),
    ("2025-12-15", 10, "wd", "2026-01-05", [("2025-12-25", "2026-01-19")]),
    ("2026-04-17", 10, "wd", "2026-05-14", [("2026-04-23", "2026-05-06")]),
    (
        "2026-06-01",
        10,
        "wd",
        "2026-06-23",
        [("2026-06-04", "2026-06-08"), ("2026-06-10", "2026-06-22")],
    ),
    ("2026-06-01", 10, "cd", "2026-06-05", [("2026-06-08", "2026-06-15")]),
]


def cases() -> list[dict[str, Any]]:
    """Everything that the golden table asks."""
    found = [asked(on, int(n)) for on, n in (one.split("/") for one in HAND_COMPUTED.split())]
    for days in (NEW_YEAR, SATURDAYS, MAY, OTHER):
        found += [asked(on, n) for on, n in product(days.split(), (1, 7, 10, 14))]
    found += [asked(on, n) for on, n in product(AT_REST.split(), (1, 10))]
    found += [asked(on, n, "cd") for on, n in product(NEW_YEAR.split(), (1, 10, 30))]
    found += [asked(on, n, "cd") for on, n in product(MAY.split(), (3, 10))]
    found += [asked(at, 10) for at in INSTANTS.split()]
    found += [asked(at, 5, "cd") for at in INSTANTS.split()[:4]]
    found += [asked(at, 10, zone=zone) for at in INSTANTS.split()[4:8] for zone in HOURS_FROM_UTC]
    found += [asked(on, 10, pauses=tuple(still)) for on, still in PAUSES]
    found += [asked(on, 30, "cd", pauses=tuple(still)) for on, still in PAUSES]
    found += [asked(on, n, unit, pauses=tuple(still)) for on, n, unit, still in LAST_DAY]
    found += [asked(on, n, u, more, tuple(still)) for on, n, u, more, still in EXTENSIONS]
    unique = {json.dumps(one, sort_keys=True): one for one in found}
    return list(unique.values())


def table() -> str:
    """The golden table as it is written down: a case a line."""
    rows = [json.dumps(case | answer(case)) for case in cases()]
    return "[\n" + ",\n".join(rows) + "\n]\n"


if __name__ == "__main__":
    GOLDEN.write_text(table(), encoding="utf-8")
