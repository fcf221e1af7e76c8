"""The rows of the Department's queue: what it is, by when, and whose move."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.hats import Acting
from casework.lateness import lateness
from casework.models import Case, Term
from casework.process import Flow, Stage, Text, flow_of, stage_of
from casework.queries import Running
from registry.flows import AppealFlow, ChangeFlow, RegistrationFlow
from registry.queries.queue import DETAIL

FLOWS: tuple[type[Flow[Any]], ...] = (RegistrationFlow, ChangeFlow, AppealFlow)
LABELS = {
    (flow.kind, clock.name): clock.label
    for flow in FLOWS
    for stage in flow.stages.values()
    for clock in stage.clocks
}
FOUR_EYES = _("You made the formal check: another registrar decides.")
OTHER_EYES = _("You decided in it before: somebody else decides now.")
OWN = _("You belong to this NGO: another registrar decides.")
NGO_MOVES = {"returned": _("The NGO mends what was named."), "asked": _("The NGO answers.")}
SOMEBODY = _("Decides: %(party)s.")
CHECK, DECIDE = _("Check what is missing"), _("Decide")


@dataclass(frozen=True)
class Row:
    """One case of the queue; `why_not` says why it is not for whoever looks to move."""

    case: Case
    kind: Text
    stage: Stage
    terms: list[Running]
    why_not: Text
    move: Text
    url: str


def queued(cases: Iterable[Case], acting: Acting, at: datetime) -> list[Row]:
    """A page of the queue."""
    return [_row(case, acting, at) for case in cases]


def _row(case: Any, acting: Acting, at: datetime) -> Row:
    formal = case.state == "submitted"
    return Row(
        case,
        flow_of(case).title,
        stage_of(case),
        [_running(term, case, at) for term in case.running],
        _why_not(case, acting),
        CHECK if formal else DECIDE,
        reverse("step", args=[case.ref, "register"])
        if case.state == "review"
        else case.get_absolute_url(),
    )


def _running(term: Term, case: Case, at: datetime) -> Running:
    return Running(term, LABELS[case.kind, term.name], lateness(term, at))


def _why_not(case: Any, acting: Acting) -> Text:
    detail, owner = getattr(case, DETAIL[case.kind]), stage_of(case).owner
    if case.state in NGO_MOVES:
        return NGO_MOVES[case.state]
    if owner is not None and not owner.admits(acting, detail):
        return SOMEBODY % {"party": owner.name}
    if acting.belongs_to(case.asker_id):
        return OWN
    if case.other_eyes:
        return OTHER_EYES
    if case.state == "review" and detail.checked_by_id == acting.user.pk:
        return FOUR_EYES
    return ""
