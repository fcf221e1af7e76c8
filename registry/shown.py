"""What the pages of applications and suspensions are given."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.hats import Acting
from casework import engine
from casework.forms.step import form_for
from casework.lateness import lateness
from casework.models import Term
from casework.process import Stage, Text
from casework.queries import Running, running_terms
from registry.flows import RegistrationFlow
from registry.models import Application, Defect, Ngo
from registry.queries import cards
from registry.queries.applications import renewal_of
from registry.queries.suspensions import held_now
from registry.queries.versions import versions_on

LABELS = {c.name: c.label for s in RegistrationFlow.stages.values() for c in s.clocks}
FOUR_EYES = _("You made the formal check: another registrar decides.")
OWN = _("You belong to this NGO: another registrar decides.")
NGO_MOVES = _("The NGO mends what was named.")


def standing(ngo: Ngo, last: Application | None, on: date) -> dict[str, Any]:
    """An NGO without an open application: what it has, what became of the last one, what it may."""
    registrations, named = cards.registrations_of(ngo), versions_on(on)
    found = renewal_of(registrations, on)
    return {
        "ngo": ngo,
        "registrations": cards.shown(registrations, on, named),
        "held": held_now(ngo, on, named),
        "last": last,
        "last_stage": RegistrationFlow.stages[last.case.state] if last else None,
        "may": found.is_open(on),
        "opens_on": found.opens_on,
    }


def under_way(application: Application, at: datetime) -> dict[str, Any]:
    """An open application: its stage, its terms, and what was found wanting."""
    case = application.case
    returned = case.decisions.filter(step="return_").order_by("-at").first()
    return {
        "application": application,
        "case": case,
        "stage": RegistrationFlow.stages[case.state],
        "terms": running_terms(case, at),
        "defects": [Defect(code).label for code in application.defects],
        "why": returned.reason if returned else "",
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


@dataclass(frozen=True)
class Row:
    """One application of the queue; `why_not` says why it is not for this registrar to move."""

    application: Application
    stage: Stage
    terms: list[Running]
    why_not: Text


def queued(applications: Iterable[Application], acting: Acting, at: datetime) -> list[Row]:
    """A page of the queue."""
    return [
        Row(
            one,
            RegistrationFlow.stages[one.case.state],
            [_running(term, at) for term in one.case.running],  # type: ignore[attr-defined]  # prefetched
            _why_not(one, acting),
        )
        for one in applications
    ]


def _running(term: Term, at: datetime) -> Running:
    return Running(term, LABELS[term.name], lateness(term, at))


def _why_not(application: Application, acting: Acting) -> Text:
    case = application.case
    if case.state == "returned":
        return NGO_MOVES
    if acting.belongs_to(case.asker_id):
        return OWN
    if case.state == "review" and application.checked_by_id == acting.user.pk:
        return FOUR_EYES
    return ""
