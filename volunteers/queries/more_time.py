"""How long somebody has for the knowledge test."""

from datetime import date
from typing import Any

from accounts.models import User
from casework.parameters import Rules, rules_on
from volunteers.models import MoreTime

HUNDRED = 100


def given(person_id: int) -> MoreTime | None:
    """The more time that this person has, or None."""
    found = MoreTime.objects.filter(person=person_id, ended_at__isnull=True)
    return found.select_related("given_by").first()


def minutes(person: User, rules: Rules) -> int:
    """The minutes of a try that this person begins under these rules."""
    return longer(rules) if given(person.pk) else rules.number("test.minutes")


def longer(rules: Rules) -> int:
    """The minutes of whoever has more time; a begun minute counts whole."""
    whole = rules.number("test.minutes") * (HUNDRED + rules.number("test.more_time"))
    return -(-whole // HUNDRED)


def told(person_id: int, on: date) -> dict[str, Any]:
    """What the page of a person says of it: what was given, and the minutes either way."""
    rules = rules_on(on)
    usual = rules.number("test.minutes")
    return {"given": given(person_id), "usual": usual, "longer": longer(rules)}
