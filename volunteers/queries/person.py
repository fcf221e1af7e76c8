"""One volunteer as their NGO and the Department's checker see them."""

from datetime import date
from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, Q

from accounts.hats import Acting
from accounts.roles import OrganisationKind
from casework.models import Case
from casework.process import stage_of
from casework.queries import cases_visible_to
from volunteers.models import Volunteer
from volunteers.queries import barring, more_time
from volunteers.queries.checklist import clearances_of
from volunteers.queries.clearance import standings
from volunteers.queries.facts import OF_AGE
from volunteers.queries.recording import BY_KIND

CHECKS = 50  # the latest of them on the page
CHECK = "outcome"


def page_of(volunteer: Volunteer, who: Acting, on: date) -> dict[str, Any]:
    """Everything the page says of one person."""
    organisation = who.organisation
    ngo = organisation if organisation and organisation.kind == OrganisationKind.NGO else None
    age = volunteer.age_on(on)
    cases = list(_cases(volunteer, who))
    mine = BY_KIND[OrganisationKind(organisation.kind)][1] if organisation else ""
    return {
        "volunteer": volunteer,
        "person": volunteer.person,
        "age": age,
        "minor": age is not None and age < OF_AGE,
        "standing": standings([volunteer.pk], None, on)[volunteer.pk],
        "tasks": clearances_of(volunteer, on, ngo=ngo),
        "mine": mine,
        "more_time": more_time.told(volunteer.pk, on) if ngo else None,
        "kept": barring.kept_away(one for one in cases if one.kind != CHECK),
        "may": barring.may(who),
        "checks": [_check(one) for one in cases if one.kind == CHECK],
    }


def _cases(volunteer: Volunteer, who: Acting) -> Any:
    """Bars and suspensions, which are few, then the latest checks."""
    about = Q(outcome__volunteer=volunteer.pk) | barring.about(volunteer)
    check = ExpressionWrapper(Q(kind=CHECK), output_field=BooleanField())
    seen = cases_visible_to(who).filter(about).select_related("outcome__requirement")
    return seen.order_by(check, "-opened_at", "-pk")[:CHECKS]


def _check(case: Case) -> dict[str, Any]:
    return {"case": case, "outcome": case.outcome, "stage": stage_of(case)}
