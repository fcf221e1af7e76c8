"""Which cases whoever acts may see, and what a case's page shows."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.hats import Acting
from accounts.permissions import Permission
from casework.clocks import label_of
from casework.lateness import Lateness, lateness
from casework.models import Case, Concerned, Decision, Term
from casework.parameters import with_rules
from casework.parties import the_clock, with_concerned
from casework.process import Flow, Text, flow_of

DRAFT = "draft"
# What nobody has sent yet, and what was thrown away unsent.
UNSENT = (DRAFT, "discarded")
OF_OLD = _("A step by the rules of that time")
BY_CLOCK = _("the system, by the clock")


def cases_visible_to(acting: Acting) -> QuerySet[Case, Any]:
    """Every case this hat may see; what was not sent is seen by those who write it only."""
    if not acting.user.pk:
        return Case.objects.none()
    own = Q(opened_by=acting.user.pk) | Q(Exists(_concerning(acting)), ~Q(state__in=UNSENT))
    if acting.may(Permission.OVERSEE):
        return Case.objects.filter(own | ~Q(state__in=UNSENT))
    if acting.organisation and acting.may(Permission.SEE_CASES):
        side = Q(asker=acting.organisation) | (Q(owner=acting.organisation) & ~Q(state__in=UNSENT))
        return Case.objects.filter(own | side)
    return Case.objects.filter(own)


def _concerning(acting: Acting) -> QuerySet[Concerned, Any]:
    return Concerned.objects.filter(case=OuterRef("pk"), person=acting.user.pk)


def detail_of(acting: Acting, ref: str, at: datetime) -> Any:
    """The detail of the case of this reference with its case, its rules at this instant and what
    its page needs, or None.

    None too where it may not be seen. The letter of a reference says which process it is.
    """
    flow = Flow.by_letter.get(ref[:1])
    if flow is None:
        return None
    found = flow.model._default_manager.filter(case__in=cases_visible_to(acting), case__ref=ref)
    whole = found.select_related("case__owner", "case__asker", *flow.related)
    return with_rules(with_concerned(whole), at, "case__owner__zone").first()


@dataclass(frozen=True)
class Running:
    """A term of a case as a page shows it."""

    term: Term
    label: Text
    standing: Lateness


def running_terms(case: Case, at: datetime) -> list[Running]:
    """The open terms of a case, the nearest first."""
    terms = case.terms.filter(stopped_at__isnull=True).order_by("due_at")
    return [as_running(term, at) for term in terms]


def as_running(term: Term, at: datetime) -> Running:
    """A term with its label and how it stands."""
    return Running(term, label_of(term.case.kind, term.name), lateness(term, at))


@dataclass(frozen=True)
class Happened:
    """One line of a case's timeline; `by` is what took the step where no person did."""

    decision: Decision
    what: Text
    stage: Text
    by: Text


def timeline(case: Case) -> list[Happened]:
    """Everything that was decided in a case, in order."""
    decisions = case.decisions.select_related(
        "actor", "membership__organisation", "membership__stands_for"
    )
    return [_happened(flow_of(case), one) for one in decisions.order_by("recorded_at")]


def _happened(flow: type[Flow[Any]], decision: Decision) -> Happened:
    """A decision outlives the table it was taken by: a later edition may lack its step."""
    step, stage = flow.steps.get(decision.step), flow.stages.get(decision.after)
    by = step.by.name if step and step.by is not the_clock else BY_CLOCK
    return Happened(decision, step.past if step else OF_OLD, stage.label if stage else "", by)
