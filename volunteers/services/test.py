"""Taking the knowledge test: start, answer, finish.

The row of the person is locked to start, the row of the try to answer and to finish: two tabs, a
double click and a late answer end in one try with one result.
"""

import secrets
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from casework import trail
from casework.parameters import rules_on
from volunteers.models import Answer, Attempt, Marked, QuestionVersion
from volunteers.queries import more_time
from volunteers.queries import test as queries
from volunteers.services.outcomes import record_test_outcome
from volunteers.testing.drawing import draw, places
from volunteers.testing.marking import Mark, is_right, rest, verdict

SEED_BITS = 63


class MustWait(Exception):
    """The tries in a row are used up; `opens_on` is the first day of the next."""

    def __init__(self, opens_on: date) -> None:
        super().__init__(f"The next try opens on {opens_on}.")
        self.opens_on = opens_on


def current(person: User, at: datetime) -> Attempt | None:
    """The try under way; one whose time has run out is finished first and is none."""
    attempt = queries.under_way(person)
    if attempt is None or not attempt.is_out_of_time(at):
        return attempt
    finish(attempt, at)
    return None


def start(person: User, tier: str, at: datetime) -> Attempt:
    """A new try for this tier, or the one under way. Raises MustWait."""
    current(person, at)
    with transaction.atomic():
        User.objects.select_for_update(no_key=True).get(pk=person.pk)
        return queries.under_way(person) or _begin(person, tier, at)


def answer(attempt: Attempt, n: int, chosen: Sequence[int], at: datetime) -> bool:
    """Keep what is chosen at the n-th place, in place of what was; empty takes an answer back.

    False when the try is over: nothing is kept, and a try out of time is finished.
    """
    with transaction.atomic():
        held = Attempt.objects.select_for_update().get(pk=attempt.pk)
        if held.finished_at or held.is_out_of_time(at):
            _mark(held, at)
            return False
        Answer.objects.update_or_create(
            attempt=held, n=n, defaults={"chosen": sorted(set(chosen)), "saved_at": at}
        )
    return True


def finish(attempt: Attempt, at: datetime) -> Attempt:
    """Mark the try and return it; one already finished is returned as it is."""
    with transaction.atomic():
        return _mark(Attempt.objects.select_for_update().get(pk=attempt.pk), at)


def finish_overdue(at: datetime) -> int:
    """Finish every try whose time has run out; how many there were."""
    overdue = list(Attempt.objects.under_way().filter(deadline_at__lt=at))
    for attempt in overdue:
        finish(attempt, at)
    return len(overdue)


def _begin(person: User, tier: str, at: datetime) -> Attempt:
    on = timezone.localdate(at)
    rules = rules_on(on)
    left = queries.tries_left(queries.finished(person), on, rules)
    if left.opens_on:
        raise MustWait(left.opens_on)
    seed = secrets.randbits(SEED_BITS)
    size = rules.number("test.questions")
    attempt = Attempt.objects.create(
        person=person,
        tier=tier,
        seed=seed,
        paper=draw(queries.bank(on), tier=tier, size=size, seed=seed, met=queries.met(person)),
        rulebook=rules.version,
        started_at=at,
        deadline_at=at + timedelta(minutes=more_time.minutes(person, rules)),
    )
    _record(attempt, "test.started")
    return attempt


def _mark(attempt: Attempt, at: datetime) -> Attempt:
    """Marks a locked row unless it is marked."""
    if attempt.finished_at:
        return attempt
    marks = _marks(attempt)
    result = verdict(marks, queries.rules_of(attempt).number("test.pass_percent"))
    attempt.finished_at = min(at, attempt.deadline_at)
    attempt.score, attempt.share = result.score, result.share
    attempt.passed, attempt.failed_mandatory = result.passed, result.failed_mandatory
    attempt.save()
    Marked.objects.bulk_create(_kept(attempt, marks))
    _record(attempt, "test.finished", values=f"{result.score} {result.share} {result.passed}")
    record_test_outcome(attempt, at)
    return attempt


def _marks(attempt: Attempt) -> list[Mark]:
    paper = places(attempt.paper)
    chosen = dict(attempt.answers.values_list("n", "chosen"))
    asked = QuestionVersion.objects.select_related("question").in_bulk(
        [place.version for place in paper]
    )
    return [
        Mark(
            is_right(asked[place.version].key, place.order, chosen.get(n, ())),
            asked[place.version].question.mandatory,
        )
        for n, place in enumerate(paper, start=1)
    ]


def _kept(attempt: Attempt, marks: Sequence[Mark]) -> Iterator[Marked]:
    for place, mark in zip(places(attempt.paper), marks, strict=True):
        others = rest(attempt.score or 0, mark.right, len(marks))
        yield Marked(attempt=attempt, version_id=place.version, right=mark.right, rest=others)


def _record(attempt: Attempt, action: str, values: str = "") -> None:
    person = attempt.person_id
    subject = f"attempt:{attempt.pk}"
    trail.record(tenant=person, actor=person, action=action, subject=subject, values=values)
