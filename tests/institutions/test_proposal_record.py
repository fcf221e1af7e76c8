"""What an institution's record counts of proposals, and what their papers say."""

from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest

from accounts.roles import Role
from casework.models import Paper, PaperKind
from casework.sweep import sweep
from institutions.flows import FounderReviewFlow, ProposalFlow
from institutions.models import FounderReview
from institutions.queries import proposals
from tests import factories
from tests.institutions.doing import MOSCOW, NOON
from tests.institutions.proposing import CONDITIONS, send, take

pytestmark = pytest.mark.django_db
REFUSAL = {"code": "R5", "reason": "Мало часов", "assessment": ""}


def at(on: date, hour: int = 12) -> datetime:
    return datetime(on.year, on.month, on.day, hour, tzinfo=MOSCOW)


def test_a_term_that_passed_counts_though_the_ngo_gave_up(cast: SimpleNamespace) -> None:
    late, in_time, answered = send(cast), send(cast), send(cast)
    take(ProposalFlow.withdraw, in_time, cast, "head", NOON, reason="")
    take(ProposalFlow.accept, answered, cast, "director", NOON, **CONDITIONS)
    passed = at(date(2025, 6, 19))
    take(ProposalFlow.withdraw, late, cast, "head", passed, reason="Не дождались")
    take(ProposalFlow.withdraw, answered, cast, "head", passed, reason="")
    assert proposals.record(cast.house.pk, passed) == proposals.Record(1, 1, 0)


def test_the_letter_to_the_director_says_how_late_and_how_often(cast: SimpleNamespace) -> None:
    first, _second = send(cast), send(cast)
    midnight = at(date(2025, 6, 19), 0).astimezone(UTC)
    sweep(midnight)
    take(ProposalFlow.accept, first, cast, "director", midnight, **CONDITIONS)
    letters = Paper.objects.filter(kind=PaperKind.ESCALATION).order_by("pk")
    said = [one.values for one in letters]
    assert [(one["due_on"], one["late_days"]) for one in said] == [("2025-06-18", 1)] * 2
    assert [one["missed_before"] for one in said] == [1, 1]
    third = send(cast, at=midnight)
    sweep(at(date(2025, 7, 4)))
    letter = Paper.objects.get(kind=PaperKind.ESCALATION, case=third.pk)
    assert letter.values["missed_before"] == 2


def test_what_the_founder_accepts_is_the_departments_paper(cast: SimpleNamespace) -> None:
    cast.commissioner = factories.member(cast.department, Role.COMMISSIONER)
    proposal = send(cast)
    take(ProposalFlow.refuse, proposal, cast, "director", NOON, **REFUSAL)
    take(ProposalFlow.ask_founder, proposal, cast, "head", NOON, reason="Часы названы")
    review = FounderReview.objects.get(proposal=proposal)
    take(FounderReviewFlow.overturn, review, cast, "commissioner", NOON, reason="Часов хватает")
    paper = Paper.objects.get(case=proposal.pk, kind=PaperKind.ACCEPTANCE)
    assert (paper.organisation, paper.values["role"]) == (cast.department, "")
    assert paper.values["name"] == "апелляционная комиссия"
