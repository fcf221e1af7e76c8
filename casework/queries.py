"""Which cases whoever acts may see, and what a case's page shows."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.hats import Acting
from accounts.permissions import Permission
from casework.lateness import Lateness, lateness
from casework.models import Case, Concerned, Decision, Term
from casework.parties import with_concerned
from casework.process import Flow, Text, flow_of

DRAFT = "draft"
OF_OLD = _("A step by the rules of that time")


def cases_visible_to(acting: Acting) -> QuerySet[Case, Any]:
    """Every case this hat may see; a draft is seen by those who write it only."""
    if not acting.user.pk:
        return Case.objects.none()
    own = Q(opened_by=acting.user.pk) | Q(Exists(_concerning(acting)), ~Q(state=DRAFT))
    if acting.may(Permission.OVERSEE):
        return Case.objects.filter(own | ~Q(state=DRAFT))
    if acting.organisation and acting.may(Permission.SEE_CASES):
        side = Q(asker=acting.organisation) | (Q(owner=acting.organisation) & ~Q(state=DRAFT))
        return Case.objects.filter(own | side)
    return Case.objects.filter(own)


def _concerning(acting: Acting) -> QuerySet[Concerned, Any]:
    return Concerned.objects.filter(case=OuterRef("pk"), person=acting.user.pk)


def detail_of(acting: Acting, ref: str) -> Any:
    """The detail of the case of this reference with its case and what its page needs, or None.

    None too where it may not be seen. The letter of a reference says which process it is.
    """
    flow = Flow.by_letter.get(ref[:1])
    if flow is None:
        return None
    found = flow.model._default_manager.filter(case__in=cases_visible_to(acting), case__ref=ref)
    whole = found.select_related("case__owner", "case__asker", *flow.related)
    return with_concerned(whole).first()


@dataclass(frozen=True)
class Running:
    """A term of a case as a page shows it."""

    term: Term
    label: Text
    standing: Lateness


def running_terms(case: Case, at: datetime) -> list[Running]:
    """The open terms of a case, the nearest first."""
    labels = {c.name: c.label for s in flow_of(case).stages.values() for c in s.clocks}
    terms = case.terms.filter(stopped_at__isnull=True).order_by("due_at")
    return [Running(term, labels[term.name], lateness(term, at)) for term in terms]


@dataclass(frozen=True)
class Happened:
    """One line of a case's timeline."""

    decision: Decision
    what: Text
    stage: Text


def timeline(case: Case) -> list[Happened]:
    """Everything that was decided in a case, in order."""
    decisions = case.decisions.select_related("actor", "membership__organisation")
    return [_happened(flow_of(case), one) for one in decisions.order_by("recorded_at")]


def _happened(flow: type[Flow[Any]], decision: Decision) -> Happened:
    """A decision outlives the table it was taken by: a later edition may lack its step."""
    step, stage = flow.steps.get(decision.step), flow.stages.get(decision.after)
    return Happened(decision, step.past if step else OF_OLD, stage.label if stage else "")
