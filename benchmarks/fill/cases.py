"""Cases by the thousand."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from casework.models import Case, Concerned, Decision, Term
from casework.process import Flow

CHUNK = 2_000


def open_cases(flow: type[Flow[Any]], at: datetime, rows: Iterable[dict[str, Any]]) -> list[Case]:
    """One case for each row of fields."""
    start: dict[str, Any] = {
        "kind": flow.kind,
        "letter": flow.letter,
        "opened_at": at,
        "version": 1,
    }
    return list(Case.objects.bulk_create((Case(**(start | one)) for one in rows), CHUNK))


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
