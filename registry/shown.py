"""What the pages of applications and suspensions are given."""

from datetime import date, datetime
from typing import Any

from accounts.hats import Acting
from casework import engine
from casework.forms.step import form_for
from casework.parameters import rules_on
from casework.queries import running_terms
from registry.flows import RegistrationFlow
from registry.models import Application, Defect, Ngo
from registry.queries import cards
from registry.queries.applications import renewal_of
from registry.queries.rights import rights_of
from registry.queries.suspensions import held_now
from registry.queries.versions import versions_on


def standing(ngo: Ngo, last: Application | None, on: date) -> dict[str, Any]:
    """An NGO without an open application: what it has, what became of the last one, what it may."""
    rules, rights = rules_on(on), rights_of(ngo.pk, on)
    registrations, named = cards.registrations_of(ngo), versions_on(on, rules.catalogue)
    found = renewal_of(registrations, on, rules)
    stands = found.current is not None
    free = not (rights.barred_until or rights.appeals_a_refusal)
    return {
        "ngo": ngo,
        "registrations": cards.shown(registrations, on, named),
        "held": held_now(ngo, on, named),
        "last": last,
        "last_stage": RegistrationFlow.stages[last.case.state] if last else None,
        "may": found.is_open(on) and free,
        "opens_on": found.opens_on if stands else None,
        "stands": stands,
        "rights": rights,
        "may_change": stands and rights.change is None,
    }


def under_way(application: Application, at: datetime) -> dict[str, Any]:
    """An open application: its stage, its terms, and what was found wanting."""
    case = application.case
    # What the Department has written last: its list of defects, or its question in the review.
    asking = "ask" if case.state == "asked" else "return_"
    written = case.decisions.filter(step=asking).order_by("-at").first()
    return {
        "application": application,
        "case": case,
        "stage": RegistrationFlow.stages[case.state],
        "terms": running_terms(case, at),
        "defects": [Defect(code).label for code in application.defects],
        "why": written.reason if written else "",
    }


def checked(application: Application, acting: Acting, at: datetime) -> dict[str, Any]:
    """The answers before they are sent, and what still stands in the way."""
    offered = engine.offers(application, acting, at)
    step = RegistrationFlow.submit
    return {
        "application": application,
        "case": application.case,
        "shown": RegistrationFlow.shown(application),
        "objections": next((found for one, found in offered if one is step), []),
        "label": step.label,
        "form": form_for(step, application, acting),
    }
