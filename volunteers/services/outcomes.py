"""Recording what a check came to: by one person, by two, by the volunteer, by the test."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.hats import Acting
from accounts.models import Organisation
from casework import trail
from casework.engine import open_case, retried
from casework.models import Decision
from casework.process import Objection, Refused, Step
from registry.models import Institution
from volunteers.flows.outcome import OutcomeFlow
from volunteers.models import Attempt, CheckedBy, Outcome, Requirement, Volunteer, ngos_of
from volunteers.models.sealed import NUMBER
from volunteers.models.vetting import (
    TEST,
)
from volunteers.queries import clearance
from volunteers.queries.partners import the_department
from volunteers.queries.test import passed_until
from volunteers.rules import DIFFER, NOT_PASSED, PASSED, UNREADABLE

SHOWN = 4  # the last characters by which a second checker knows a paper again
NO_DEPARTMENT = Objection("no_department", _("The Department is not set up yet."))


def record(
    volunteer: Volunteer,
    requirement: Requirement,
    *,
    by: Acting | None,
    at: datetime,
    key: str,
    on: date,
    passed: bool = True,
    number: str = "",
    institution: Institution | None = None,
    through: date | None = None,
) -> Outcome:
    """Record an outcome, or pass it on to a second checker; raises Refused with every reason.

    `on` is the day that stands on the paper; `through` is given only where the months of the
    requirement do not say it. Where two must agree, what is recorded here does not count yet.
    """

    def once() -> Outcome:
        clearance.hold([volunteer.pk])
        if earlier := _earlier(by, key):
            return earlier
        detail = _draft(volunteer, requirement, by, at, institution)
        detail.on, detail.passed, detail.valid_through = on, passed, through
        detail.number_sealed = NUMBER.seal(number.strip(), detail.pk)
        detail.save(force_insert=True)
        _step(requirement, passed=passed)(detail, by=by, at=at, key=key)
        return Outcome.objects.select_related("case").get(pk=detail.pk)

    return retried(once)


def agree(person: Any, requirement: Requirement, *, by: Acting, at: datetime, key: str) -> Outcome:
    """The volunteer declares it about themselves."""
    on = timezone.localdate(at)
    return record(person, requirement, by=by, at=at, key=key, on=on)


def second_opinion(
    detail: Outcome,
    opinion: str,
    *,
    by: Acting,
    at: datetime,
    key: str,
    seen: int | None = None,
    reason: str = "",
) -> Decision:
    """The second checker's own answer: alike, it takes effect; otherwise it does not."""
    if opinion == PASSED and detail.passed:
        return OutcomeFlow.confirm(detail, by=by, at=at, key=key, seen=seen, opinion=opinion)
    code = opinion if opinion == UNREADABLE else DIFFER
    if opinion == NOT_PASSED and not detail.passed:
        code = NOT_PASSED
    answers: dict[str, Any] = {"opinion": opinion, "code": code, "reason": reason}
    return OutcomeFlow.reject(detail, by=by, at=at, key=key, seen=seen, **answers)


def end_of_number(detail: Outcome, *, by: Acting) -> str:
    """The last characters of the paper's number, for the second checker; looking is recorded."""
    number = NUMBER.unseal(bytes(detail.number_sealed), detail.pk)
    trail.record(
        tenant=detail.case.owner_id,
        actor=by.user.pk,
        action="outcome.number_seen",
        subject=f"case:{detail.case_id}",
    )
    return number[-SHOWN:] if len(number) > SHOWN else ""


def record_test_outcome(attempt: Attempt, at: datetime) -> Outcome | None:
    """A passed try becomes the outcome of the test; nothing follows from one that was not."""
    through = passed_until(attempt)
    if through is None or attempt.finished_at is None or the_department() is None:
        return None
    volunteer, _new = Volunteer.objects.get_or_create(person_id=attempt.person_id)
    return record(
        volunteer,
        Requirement.objects.get(code=TEST),
        by=None,
        at=at,
        key=f"test:{attempt.pk}",
        on=timezone.localdate(attempt.finished_at),
        through=through,
    )


def _draft(
    volunteer: Volunteer,
    requirement: Requirement,
    by: Acting | None,
    at: datetime,
    institution: Institution | None,
) -> Outcome:
    owner = _owner(requirement, by)
    elsewhere = requirement.checked_by in (CheckedBy.DEPARTMENT, CheckedBy.INSTITUTION)
    ngos: Iterable[Organisation] = ngos_of(volunteer.pk, timezone.localdate(at))
    asker = next((one for one in ngos if one != owner), None) if elsewhere else None
    person = volunteer.person
    case = open_case(
        OutcomeFlow,
        owner=owner,
        asker=asker,
        by=by.user if by else None,  # type: ignore[arg-type]  # nobody anonymous gets here
        at=at,
        concerned=[person],
    )
    place = institution if requirement.per_institution else None
    return Outcome(case=case, volunteer=person, requirement=requirement, institution=place)


def _owner(requirement: Requirement, by: Acting | None) -> Organisation:
    """Whoever checks; what people declare and what the system notes lies with the Department."""
    own = (CheckedBy.SELF, CheckedBy.SYSTEM)
    here = by.organisation if by and requirement.checked_by not in own else None
    owner = here or the_department()
    if owner is None:
        raise Refused(NO_DEPARTMENT)
    return owner


def _step(requirement: Requirement, *, passed: bool) -> Step:
    if requirement.two_people:
        return OutcomeFlow.hand_over
    return OutcomeFlow.record if passed else OutcomeFlow.fail


def _earlier(by: Acting | None, key: str) -> Outcome | None:
    """What this same form has already recorded."""
    whose = by.user.pk if by else "clock"
    decision = Decision.objects.filter(key=f"{whose}:{key}").first()
    return Outcome.objects.filter(pk=decision.case_id).first() if decision else None
