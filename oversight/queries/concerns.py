"""What was told to the Department: what waits for an answer, and what was answered."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet

from accounts.hats import Acting
from casework.lateness import Lateness, late, lateness
from casework.models import Case, Term
from casework.process import Text
from casework.queries import cases_visible_to
from oversight.queries.cases import clock_of, details_of
from oversight.queries.moments import Moment
from visits.flows import ConcernFlow
from visits.flows.concern import C
from visits.models import ConcernKind

WAITING, LATE, ANSWERED = "", "late", "answered"


@dataclass(frozen=True)
class Told:
    """One row; `deadline` is none once it is answered."""

    case: Case
    heading: str
    danger: bool
    deadline: "Deadline | None"


@dataclass(frozen=True)
class Deadline:
    """What the deadline component reads."""

    term: Term
    label: Text
    standing: Lateness


@dataclass(frozen=True)
class Page:
    """One page of the queue; `after` is the place the next one begins."""

    rows: list[Told]
    after: str = ""


def concerns(acting: Acting) -> QuerySet[Case, Any]:
    """Everything told to the Department that this reader may see."""
    return cases_visible_to(acting).filter(kind=ConcernFlow.kind)


def counts(cases: QuerySet[Case, Any], at: datetime) -> dict[str, int]:
    """How many stand behind each tab: one query."""
    running = Term.objects.filter(late(at)).values("case")
    return cases.aggregate(
        waiting=Count("pk", filter=Q(state=C.TOLD)),
        late=Count("pk", filter=Q(state=C.TOLD, pk__in=running)),
        answered=Count("pk", filter=Q(state=C.ANSWERED)),
    )


def page(
    cases: QuerySet[Case, Any], tab: str, at: datetime, *, after: Moment | None, size: int
) -> Page:
    """One page: what waits by its deadline, the nearest first; what was answered newest first."""
    if tab == ANSWERED:
        return _answered(cases, after, size)
    terms = Term.objects.filter(case__in=cases.filter(state=C.TOLD), stopped_at__isnull=True)
    if tab == LATE:
        terms = terms.filter(late(at))
    if after is not None:
        terms = terms.filter(after.later("due_at"))
    some = list(terms.select_related("case").order_by("due_at", "pk")[: size + 1])
    more = some[size - 1] if len(some) > size else None
    details = details_of(term.case for term in some[:size])
    rows = [_row(details[term.case_id], term, at) for term in some[:size]]
    return Page(rows, Moment(more.due_at, more.pk).as_text() if more else "")


def _answered(cases: QuerySet[Case, Any], after: Moment | None, size: int) -> Page:
    found = cases.filter(state=C.ANSWERED)
    if after is not None:
        found = found.filter(after.earlier("closed_at"))
    some: list[Any] = list(found.order_by("-closed_at", "-pk")[: size + 1])
    more = some[size - 1] if len(some) > size else None
    details = details_of(some[:size])
    rows = [_row(details[case.pk]) for case in some[:size]]
    return Page(rows, Moment(more.closed_at, more.pk).as_text() if more else "")


def _row(detail: Any, term: Term | None = None, at: datetime | None = None) -> Told:
    deadline = None
    if term is not None and at is not None:
        label = clock_of(ConcernFlow, term.name).label
        deadline = Deadline(term, label, lateness(term, at))
    danger = detail.about == ConcernKind.CHILD
    return Told(detail.case, ConcernFlow.heading(detail), danger, deadline)
