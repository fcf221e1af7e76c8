"""Proposing to ask something from another tier, of nobody any longer, or for the first time."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Max

from accounts.hats import Acting
from accounts.models import User
from casework.models import Case
from casework.opening import begin
from volunteers.flows.requirement import RequirementFlow
from volunteers.models import Requirement, RequirementChange


@dataclass(frozen=True)
class Wanted:
    """From which tier on (empty: of nobody), from which day, by which act, and why."""

    tier: str
    from_on: date
    act_number: str
    act_on: date
    why: str


@dataclass(frozen=True)
class Described:
    """A requirement that there was not: what is checked, by whom, and how long it is valid."""

    checked_by: str
    per_institution: bool
    two_people: bool
    months: int | None
    name_ru: str
    name_en: str
    why_ru: str
    why_en: str
    how_ru: str
    how_en: str


def propose(
    requirement: Requirement | Described, wanted: Wanted, *, by: Acting, at: datetime, key: str
) -> RequirementChange:
    """A change that waits for its second person; one that is only described is asked of nobody
    before its day. The same key gives the same change; raises Refused with every reason.
    """

    def change(case: Case, user: User) -> RequirementChange:
        asked = _written(requirement, case) if isinstance(requirement, Described) else requirement
        return RequirementChange(case=case, requirement=asked, proposed_by=user, **vars(wanted))

    return begin(RequirementFlow.propose, change, by=by, at=at, key=key)


def _written(described: Described, case: Case) -> Requirement:
    last = Requirement.objects.aggregate(last=Max("n"))["last"] or 0
    return Requirement.objects.create(code=f"added-{case.pk}", n=last + 1, **vars(described))
