"""One volunteer as their NGO and the Department's checker see them."""

from datetime import date
from typing import Any

from accounts.hats import Acting
from accounts.roles import OrganisationKind
from casework.models import Case
from casework.process import stage_of
from casework.queries import cases_visible_to
from volunteers.models import Volunteer
from volunteers.queries.checklist import clearances_of
from volunteers.queries.clearance import standings
from volunteers.queries.facts import OF_AGE
from volunteers.queries.recording import BY_KIND

CHECKS = 50  # the latest of them on the page


def page_of(volunteer: Volunteer, who: Acting, on: date) -> dict[str, Any]:
    """Everything the page says of one person."""
    organisation = who.organisation
    ngo = organisation if organisation and organisation.kind == OrganisationKind.NGO else None
    age = volunteer.age_on(on)
    mine = BY_KIND[OrganisationKind(organisation.kind)][1] if organisation else ""
    return {
        "volunteer": volunteer,
        "person": volunteer.person,
        "age": age,
        "minor": age is not None and age < OF_AGE,
        "standing": standings([volunteer.pk], None, on)[volunteer.pk],
        "tasks": clearances_of(volunteer, on, ngo=ngo),
        "mine": mine,
        "checks": [_check(case) for case in _cases(volunteer, who)],
    }


def _cases(volunteer: Volunteer, who: Acting) -> Any:
    seen = cases_visible_to(who).filter(kind="outcome", outcome__volunteer=volunteer.pk)
    return seen.select_related("outcome__requirement").order_by("-opened_at", "-pk")[:CHECKS]


def _check(case: Case) -> dict[str, Any]:
    return {"case": case, "outcome": case.outcome, "stage": stage_of(case)}
