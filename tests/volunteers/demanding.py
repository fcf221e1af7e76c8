"""Changing what is asked: who proposes, who approves, what is wanted."""

from datetime import date, datetime, timedelta
from typing import Any

from accounts.hats import Acting
from casework import ripple
from casework.parameters import rules_on
from casework.process import Ask
from tests import factories
from tests.volunteers.making import NOON, TODAY, key, requirement
from volunteers.flows.requirement import RequirementFlow as Flow
from volunteers.models import CheckedBy, Requirement, RequirementChange
from volunteers.services.requirements import Described, Wanted, propose

MARCH = TODAY + timedelta(days=30)
FIRST_AID = Described(
    checked_by=CheckedBy.NGO,
    per_institution=False,
    two_people=False,
    months=12,
    name_ru="Курс первой помощи",
    name_en="First-aid course",
    why_ru="Чтобы помочь до приезда врача.",
    why_en="To help before the doctor comes.",
    how_ru="Пройдите курс и покажите свидетельство координатору.",
    how_en="Take the course and show the certificate to the coordinator.",
)


def officer() -> Acting:
    """A registrar, every time another one."""
    return factories.acting(factories.registrar(), TODAY)


def wanted(tier: str, on: date = MARCH, **changes: Any) -> Wanted:
    """From which tier on, with an act of today."""
    known = {"act_number": "17", "act_on": TODAY, "why": "Решение рабочей группы"}
    return Wanted(tier=tier, from_on=on, **known | changes)


def proposed(
    asked: str | Requirement | Described,
    tier: str,
    on: date = MARCH,
    *,
    by: Acting | None = None,
    at: datetime = NOON,
    **changes: Any,
) -> RequirementChange:
    """A change that waits for its second person."""
    about = requirement(asked) if isinstance(asked, str) else asked
    want = wanted(tier, on, **changes)
    return propose(about, want, by=by or officer(), at=at, key=key())


def touched(change: RequirementChange, at: datetime = NOON) -> list[ripple.Touched]:
    """What its approval shows before."""
    ask: Ask[Any] = Ask(change, officer(), at, rules_on(at.date()))
    return ripple.touched_by(Flow.approve.ripple, ask)


def approve(change: RequirementChange, at: datetime = NOON) -> RequirementChange:
    """Another registrar confirms what they were shown."""
    confirmed = ripple.digest(touched(change, at))
    Flow.approve(change, by=officer(), at=at, key=key(), confirmed=confirmed)
    return again(change)


def again(change: RequirementChange) -> RequirementChange:
    """The change as it stands now."""
    return RequirementChange.objects.select_related("case", *Flow.related).get(pk=change.pk)
