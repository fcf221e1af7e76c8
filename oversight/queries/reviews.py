"""What the commission has before it: refusals that went to the founder, and appeals of NGOs."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from accounts.hats import Acting
from casework.lateness import lateness
from casework.models import Case, Term
from casework.process import Text, flow_of
from casework.queries import Running, cases_visible_to
from institutions.flows import FounderReviewFlow
from oversight.queries.cases import clock_of, details_of, whose_move
from oversight.queries.moments import Moment
from registry.flows import AppealFlow

# The term within which each of them is decided; another may run beside it.
DECIDED_WITHIN = {FounderReviewFlow.kind: "review", AppealFlow.kind: "answer"}


@dataclass(frozen=True)
class Row:
    """One case that is not decided yet: what it is, whose move now, by when it is decided."""

    case: Case
    heading: str
    kind: Text
    whose: Text
    deadline: Running


@dataclass(frozen=True)
class Page:
    """One page of the list; `after` is the place the next one begins."""

    rows: list[Row]
    after: str = ""


def waiting(acting: Acting) -> QuerySet[Case, Any]:
    """Every founder review and appeal that is not decided yet: the number and the list."""
    open_ones = cases_visible_to(acting).filter(kind__in=DECIDED_WITHIN, closed_at=None)
    return open_ones.exclude(state="draft")


def page(cases: QuerySet[Case, Any], at: datetime, *, after: Moment | None, size: int) -> Page:
    """One page, the nearest last day first."""
    terms = Term.objects.filter(
        case__in=cases, name__in=DECIDED_WITHIN.values(), stopped_at__isnull=True
    )
    if after is not None:
        terms = terms.filter(after.later("due_at"))
    some = list(terms.select_related("case").order_by("due_at", "pk")[: size + 1])
    more = some[size - 1] if len(some) > size else None
    details = details_of(term.case for term in some[:size])
    rows = [_row(details[term.case_id], term, at) for term in some[:size]]
    return Page(rows, Moment(more.due_at, more.pk).as_text() if more else "")


def _row(detail: Any, term: Term, at: datetime) -> Row:
    flow = flow_of(detail.case)
    term.case = detail.case
    running = Running(term, clock_of(flow, term.name).label, lateness(term, at))
    return Row(detail.case, flow.heading(detail), flow.title, whose_move(detail), running)
