"""The lateness queue: every open term that is late at this instant, the longest overdue first.

Lateness is computed when asked, by the one rule of `casework.lateness`: a dead worker hides
nothing. What the worker did (telling the Department) is shown beside it, never filtered by.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import BooleanField, Count, ExpressionWrapper, QuerySet

from accounts.hats import Acting
from accounts.roles import OrganisationKind
from casework.lateness import Lateness, late, lateness, still
from casework.models import Term
from casework.process import Flow, Text
from casework.queries import cases_visible_to
from institutions.queries import doors
from oversight.queries.cases import clock_of, details_of, tells_the_department, whose_move
from oversight.queries.moments import Moment
from oversight.queries.overdue import Overdue

WEEK, LONG, STILL = "week", "long", "still"


@dataclass(frozen=True)
class Asked:
    """What narrows the queue; an empty field does not. `tab`: all, WEEK, LONG or STILL."""

    tab: str = ""
    kind: str = ""
    organisation: str = ""


@dataclass(frozen=True)
class Group:
    """How many terms of one kind are late at one organisation."""

    kind: str
    ref: str
    name: str
    week: bool
    long: bool
    still: bool
    count: int


@dataclass(frozen=True)
class Late:
    """One row: `term`, `label` and `standing` are what the deadline component reads.

    `door` is how open the owner is, where the owner is an institution.
    """

    term: Term
    label: Text
    standing: Lateness
    late_by: str
    heading: str
    kind: Text
    whose: Text
    told_department: bool
    door: str


@dataclass(frozen=True)
class Page:
    """One page of the queue; `after` is the place the next one begins."""

    rows: list[Late]
    after: str = ""


def late_terms(acting: Acting, at: datetime) -> QuerySet[Term, Any]:
    """Every late term of the cases this reader may see."""
    return Term.objects.filter(late(at), case__in=cases_visible_to(acting))


def queue(acting: Acting, at: datetime) -> QuerySet[Term, Any]:
    """What is late, and what stands still by a lawful pause: those are told apart by their tab."""
    return Term.objects.filter(late(at) | still(), case__in=cases_visible_to(acting))


def tally(terms: QuerySet[Term, Any], days: Overdue) -> list[Group]:
    """All counts of the page in one query: by kind, by organisation, this week, long."""
    rows = (
        terms.annotate(
            week=ExpressionWrapper(days.became_late_this_week(), BooleanField()),
            long=ExpressionWrapper(days.long(), BooleanField()),
            still=ExpressionWrapper(still(), BooleanField()),
        )
        .values_list(
            "case__kind", "case__owner__ref", "case__owner__short_name", "week", "long", "still"
        )
        .annotate(count=Count("pk"))
        .order_by()
    )
    return [Group(*row) for row in rows]


def counts(groups: Iterable[Group], asked: Asked) -> dict[str, int]:
    """How many stand behind each tab once kind and organisation are chosen."""
    fitting = [
        group
        for group in groups
        if asked.kind in {"", group.kind} and asked.organisation in {"", group.ref}
    ]
    overdue = [group for group in fitting if not group.still]
    return {
        "all": sum(group.count for group in overdue),
        WEEK: sum(group.count for group in overdue if group.week),
        LONG: sum(group.count for group in overdue if group.long),
        STILL: sum(group.count for group in fitting if group.still),
    }


def page(
    terms: QuerySet[Term, Any], asked: Asked, days: Overdue, *, after: Moment | None, size: int
) -> Page:
    """The page that begins after this place, or at the beginning."""
    found = _narrowed(terms, asked, days)
    if after is not None:
        found = found.filter(after.later("due_at"))
    ordered = found.select_related("case").order_by("due_at", "pk")
    some = list(ordered[: size + 1])
    last = some[size - 1] if len(some) > size else None
    place = Moment(last.due_at, last.pk).as_text() if last else ""
    return Page(rows(some[:size], days), place)


def rows(terms: list[Term], days: Overdue) -> list[Late]:
    """What the list says of each term."""
    details = details_of(term.case for term in terms)
    owners = {detail.case.owner_id for detail in details.values() if _is_house(detail)}
    levels = doors.of_institutions(owners, days.today) if owners else {}
    return [_row(term, details[term.case_id], days, levels) for term in terms]


def _narrowed(terms: QuerySet[Term, Any], asked: Asked, days: Overdue) -> QuerySet[Term, Any]:
    if asked.kind:
        terms = terms.filter(case__kind=asked.kind)
    if asked.organisation:
        terms = terms.filter(case__owner__ref=asked.organisation)
    if asked.tab == STILL:
        return terms.filter(still())
    terms = terms.filter(late(days.at))
    tabs = {WEEK: days.became_late_this_week(), LONG: days.long()}
    return terms.filter(tabs[asked.tab]) if asked.tab in tabs else terms


def _is_house(detail: Any) -> bool:
    return bool(detail.case.owner.kind == OrganisationKind.INSTITUTION)


def _row(term: Term, detail: Any, days: Overdue, levels: Mapping[int, str]) -> Late:
    flow = Flow.by_kind[term.case.kind]
    clock, standing = clock_of(flow, term.name), lateness(term, days.at)
    term.case = detail.case
    return Late(
        term=term,
        label=clock.label,
        standing=standing,
        late_by=days.words(term, standing),
        heading=flow.heading(detail),
        kind=flow.title,
        whose=whose_move(detail),
        told_department=tells_the_department(flow, clock.on_silence),
        door=str(levels.get(detail.case.owner_id, "")),
    )
