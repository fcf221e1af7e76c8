"""Many sealed numbers at once, for tests that turn keys."""

from datetime import UTC, date, datetime

from casework.models import Case
from tests.factories import department, person
from volunteers.flows.outcome import OutcomeFlow
from volunteers.models import Outcome, Requirement
from volunteers.models.sealed import NUMBER

AT = datetime(2026, 7, 8, 9, 0, tzinfo=UTC)


def number_of(row: int) -> str:
    """What the number of this row is."""
    return f"77-{row}-СЕКРЕТ"


def many(count: int) -> list[int]:
    """That many outcomes, each with a number sealed by the newest key; their keys."""
    owner, who = department(), person()
    asked = Requirement.objects.get(code="record")
    one = {"kind": "outcome", "letter": "O", "state": OutcomeFlow.start, "opened_at": AT}
    cases = Case.objects.bulk_create([Case(owner=owner, **one) for _ in range(count)])
    Outcome.objects.bulk_create(
        Outcome(
            case=case,
            volunteer=who,
            requirement=asked,
            on=date(2026, 7, 8),
            number_sealed=NUMBER.seal(number_of(case.pk), case.pk),
        )
        for case in cases
    )
    return [case.pk for case in cases]


def numbers(rows: list[int]) -> dict[int, str]:
    """The numbers as they open now."""
    found = Outcome.objects.filter(pk__in=rows).values_list("pk", "number_sealed")
    return {pk: NUMBER.unseal(sealed, pk) for pk, sealed in found}
