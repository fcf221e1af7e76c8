"""Cases by the thousand."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import connection

from casework.models import Case, Concerned, Decision, Term
from casework.process import Flow

CHUNK = 2_000


def open_cases(flow: type[Flow[Any]], at: datetime, rows: Iterable[dict[str, Any]]) -> list[Case]:
    """One case for each row of fields, numbered as the engine numbers them."""
    fields = list(rows)
    with connection.cursor() as cursor:
        cursor.execute(
            "select nextval('casework_case_number') from generate_series(1, %s)", [len(fields)]
        )
        numbers = [number for (number,) in cursor.fetchall()]
    start: dict[str, Any] = {"kind": flow.kind, "opened_at": at, "version": 1}
    cases = (
        Case(ref=f"{flow.letter}-{number}", **(start | one))
        for number, one in zip(numbers, fields, strict=True)
    )
    return list(Case.objects.bulk_create(cases, CHUNK))


def concern(people: Iterable[tuple[Case, int]]) -> None:
    """Whom each case is about."""
    rows = (Concerned(case=case, person_id=person) for case, person in people)
    Concerned.objects.bulk_create(rows, CHUNK)


def run(rows: Iterable[tuple[Case, str, dict[str, Any]]], rulebook: int) -> None:
    """Terms by name, each open unless its fields say that it was stopped."""
    terms = (
        Term(case=case, name=name, rulebook_id=rulebook, zone="Europe/Moscow", **fields)
        for case, name, fields in rows
    )
    Term.objects.bulk_create(terms, CHUNK)


def decide(rows: Iterable[dict[str, Any]], rulebook: int) -> None:
    """Decisions without their lines of the trail, which no measured page reads."""
    decisions = (
        Decision(
            rulebook_id=rulebook,
            recorded_at=one["at"],
            opened_by_id=one["case"].opened_by_id,
            key=f"bench:{one['case'].pk}:{one['step']}",
            asked="",
            **one,
        )
        for one in rows
    )
    Decision.objects.bulk_create(decisions, CHUNK)
