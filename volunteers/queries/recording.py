"""What a person in a hat may record of a volunteer, and what waits for a checker."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.hats import Acting
from accounts.permissions import Permission
from accounts.roles import OrganisationKind
from casework.lateness import Lateness, lateness
from casework.models import Term
from registry.models import Institution, Tier
from volunteers.models import CheckedBy, Outcome, Requirement, Volunteer
from volunteers.models.vetting import (
    PARENT,
    RECORD,
    TRUST,
)
from volunteers.queries.facts import (
    OF_AGE,
)
from volunteers.queries.people import born_by, cleared

MOST = 200  # checks on one page; nobody has more than these before them
BY_KIND = {
    OrganisationKind.NGO: (Permission.COORDINATE, CheckedBy.NGO),
    OrganisationKind.INSTITUTION: (Permission.ANSWER_VISITS, CheckedBy.INSTITUTION),
    OrganisationKind.DEPARTMENT: (Permission.CHECK_PEOPLE, CheckedBy.DEPARTMENT),
}


@dataclass(frozen=True)
class Waiting:
    """One check that waits for its second checker."""

    outcome: Outcome
    term: Term
    standing: Lateness
    own: bool


def recordable(who: Acting, volunteer: Volunteer, on: date) -> list[Requirement]:
    """The requirements whose outcome this hat records; a minor needs only those of the first tier.

    Nobody records anything of themselves.
    """
    if who.organisation is None or who.user.pk == volunteer.pk:
        return []
    permission, checked_by = BY_KIND[OrganisationKind(who.organisation.kind)]
    if not who.may(permission):
        return []
    found: Any = Requirement.objects.asked(on, None).filter(checked_by=checked_by)
    if not who.may(Permission.DIRECT):
        found = found.exclude(code=TRUST)
    age = volunteer.age_on(on)
    if age is not None and age < OF_AGE:
        found = found.filter(tier=Tier.V1)
    else:
        found = found.exclude(code=PARENT)
    # One whose tier is to change is there twice.
    return list({one.pk: one for one in found}.values())


def institution_of(who: Acting) -> Institution | None:
    """The institution acted for, if it is one."""
    return Institution.objects.filter(pk=who.organisation.pk).first() if who.organisation else None


def waiting_for_the_second(who: Acting, at: datetime) -> list[Waiting]:
    """Checks that wait, the latest first; one's own is shown, but somebody else confirms it."""
    terms = Term.objects.filter(
        name="second", stopped_at=None, case__kind="outcome", case__state="waiting_second"
    )
    found = terms.select_related(
        "case__outcome__requirement", "case__outcome__volunteer", "case__outcome__checker"
    ).order_by("due_at", "pk")
    return [_waiting(term, who, at) for term in found[:MOST]]


def to_record(on: date) -> QuerySet[Volunteer, Any]:
    """Grown people who have done the first tier and have no certificate recorded or waiting."""
    there = Outcome.objects.filter(
        Q(case__state="waiting_second") | Q(counts=True, valid_through__gte=on),
        volunteer=OuterRef("pk"),
        requirement__code=RECORD,
    )
    begun = cleared(Tier.V1, None, on, on)
    return Volunteer.objects.filter(begun, born_on__lte=born_by(on, OF_AGE)).exclude(Exists(there))


def _waiting(term: Term, who: Acting, at: datetime) -> Waiting:
    outcome: Outcome = term.case.outcome
    outcome.case = term.case
    return Waiting(outcome, term, lateness(term, at), term.case.opened_by_id == who.user.pk)
