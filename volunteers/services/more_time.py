"""Giving somebody more time for the knowledge test, and taking it back. No reason is asked."""

from datetime import datetime, timedelta

from django.db import transaction

from accounts.models import User
from casework import trail
from volunteers.models import Attempt, MoreTime
from volunteers.queries import more_time, test


def give(person: User, *, by: User, at: datetime) -> MoreTime:
    """More time from now on, for the try under way too; whoever has it already keeps it."""
    with transaction.atomic():
        User.objects.select_for_update(no_key=True).get(pk=person.pk)
        if known := more_time.given(person.pk):
            return known
        made = MoreTime.objects.create(person=person, given_by=by, given_at=at)
        _record(person, by, "test.more_time_given")
        _lengthen(person, at)
    return made


def take_back(person: User, *, by: User, at: datetime) -> None:
    """The usual time from the next try on; the one under way keeps what it has."""
    with transaction.atomic():
        User.objects.select_for_update(no_key=True).get(pk=person.pk)
        if known := more_time.given(person.pk):
            known.ended_by, known.ended_at = by, at
            known.save(update_fields=["ended_by", "ended_at"])
            _record(person, by, "test.more_time_ended")


def _lengthen(person: User, at: datetime) -> None:
    running = Attempt.objects.under_way().filter(person=person, deadline_at__gte=at)
    for attempt in running.select_for_update():
        minutes = more_time.longer(test.rules_of(attempt))
        attempt.deadline_at = attempt.started_at + timedelta(minutes=minutes)
        attempt.save(update_fields=["deadline_at"])


def _record(person: User, by: User, action: str) -> None:
    trail.record(tenant=person.pk, actor=by.pk, action=action, subject=f"person:{person.pk}")
