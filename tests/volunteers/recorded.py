"""What the tests of outcomes read again and again: how one stands, who was told, why not."""

from collections.abc import Callable

import pytest

from accounts.models import User
from casework.models import Notice
from casework.process import Refused
from tests.volunteers.making import NOON, TODAY, checker_of, key, requirement
from volunteers.models import Outcome, Volunteer
from volunteers.services import outcomes


def state(outcome: Outcome) -> tuple[str, bool]:
    found = Outcome.objects.select_related("case").get(pk=outcome.pk)
    return found.case.state, found.counts


def told(outcome: Outcome) -> list[tuple[str, int]]:
    notices = Notice.objects.filter(case=outcome.pk).order_by("kind", "person")
    return list(notices.values_list("kind", "person"))


def refusals(act: Callable[[], object]) -> list[str]:
    with pytest.raises(Refused) as refused:
        act()
    return [one.code for one in refused.value.objections]


def first_outcome(anna: Volunteer, *, passed: bool = True) -> tuple[Outcome, User]:
    """A certificate recorded by a first checker."""
    by = checker_of(requirement("record"), anna, None)
    made = outcomes.record(
        anna, requirement("record"), by=by, at=NOON, key=key(), on=TODAY, passed=passed, number="1"
    )
    assert isinstance(by.user, User)
    return made, by.user
