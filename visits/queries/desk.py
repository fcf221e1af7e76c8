"""What waits for an institution's answer, what it offered, what is booked, what to review."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import FilteredRelation, OuterRef, Q, QuerySet

from accounts.hats import Acting
from casework.editions import CATALOGUE, mark_of
from casework.lateness import lateness
from casework.queries import Running
from casework.terms import last_day
from registry.models import Tier
from visits.flows import VisitFlow
from visits.flows.stages import S, answer, offer
from visits.models import Participation, Visit
from visits.parties import HIGH, decider
from visits.plans import local_day
from volunteers.queries.clearance import lacking
from volunteers.queries.facts import Facts, facts
from volunteers.queries.needed import needed

MOST = 200
WEEK = timedelta(days=7)
LIVE = (S.REQUESTED, S.OFFERED, S.APPROVED)
CLOCKS = {S.REQUESTED: answer, S.OFFERED: offer}


@dataclass(frozen=True)
class Row:
    """One visit in the queue: `lacking` of its `people` are not cleared for it on its day."""

    visit: Visit
    term: Running | None
    people: int
    lacking: int
    mine: bool

    @property
    def is_high(self) -> bool:
        """Whether the director decides it."""
        return self.visit.type_version.risk in HIGH

    @property
    def is_late(self) -> bool:
        """Whether the answer is overdue."""
        return self.term is not None and self.term.standing.tone == "late"

    def is_due(self, on: date) -> bool:
        """Whether the answer is due on this day or before."""
        return self.term is not None and (self.is_late or last_day(self.term.term) <= on)


@dataclass(frozen=True)
class Desk:
    """The queue of one institution as one of its people sees it."""

    to_decide: Sequence[Row]
    for_director: Sequence[Row]
    offered: Sequence[Row]
    booked: Sequence[Row]
    review: Sequence[Row]
    today: int
    late: int


def desk(acting: Acting, at: datetime) -> Desk:
    """Requests by deadline, for a director those of high risk first; then what follows them."""
    rows = _rows(acting, at)
    requested = sorted(_in(rows, S.REQUESTED), key=_by_deadline)
    # Only a director finds requests of high risk among their own: a stable sort puts them first.
    mine = sorted((row for row in requested if row.mine), key=lambda row: not row.is_high)
    booked = _in(rows, S.APPROVED)
    today = local_day(at, rows[0].visit.institution) if rows else at.date()
    return Desk(
        to_decide=mine,
        for_director=[row for row in requested if not row.mine],
        offered=sorted(_in(rows, S.OFFERED), key=_by_deadline),
        booked=[row for row in booked if row.visit.during.lower < at + WEEK],
        review=[row for row in booked if row.lacking],
        today=sum(row.is_due(today) for row in mine),
        late=sum(row.is_late for row in mine),
    )


def house_of(acting: Acting) -> int | None:
    """The institution acted for."""
    return acting.organisation.pk if acting.organisation else None


def with_terms(visits: QuerySet[Visit, Any]) -> QuerySet[Visit, Any]:
    """Each visit with everything its line says, with `term`, the open clock of its answer, with
    the keys of the people `named` and the mark of the `catalogue`: one query.
    """
    people = Participation.objects.filter(visit=OuterRef("pk"), coming=True).order_by("pk")
    open_term = Q(
        case__terms__stopped_at__isnull=True,
        case__terms__name__in=[clock.name for clock in CLOCKS.values()],
    )
    found: Any = visits.annotate(
        named=ArraySubquery(people.values("volunteer")),
        catalogue=mark_of(CATALOGUE),
        term=FilteredRelation("case__terms", condition=open_term),
    )
    with_all: QuerySet[Visit, Any] = found.select_related("term", *VisitFlow.related, "slot__door")
    return with_all


def running(visit: Any, at: datetime) -> Running | None:
    """How the answer of a visit that came from `with_terms` stands."""
    clock = CLOCKS.get(visit.case.state)
    if clock is None or visit.term is None:
        return None
    return Running(visit.term, clock.label, lateness(visit.term, at))


def uncleared(visit: Any, people: Iterable[int], known: Facts) -> list[int]:
    """Who of these people is not cleared for a visit from `with_terms` on its day."""
    on = local_day(visit.during.lower, visit.institution)
    where = visit.institution_id
    need = needed(where, visit.type_version, on, visit.catalogue)
    days = (need.first_on, need.last_on)
    return [one for one in people if any(lacking(known, one, need.tier, where, *days))]


def _rows(acting: Acting, at: datetime) -> list[Row]:
    institution = house_of(acting)
    alive = Visit.objects.filter(
        institution=institution, case__state__in=LIVE, during__endswith__gt=at
    )
    visits: list[Any] = list(with_terms(alive).order_by("during", "pk")[:MOST])
    people = {person for visit in visits for person in visit.named}
    known = facts(people, tier=Tier.V3, institution=institution, on=at.date())
    return [
        Row(
            visit=visit,
            term=running(visit, at),
            people=len(visit.named),
            lacking=len(uncleared(visit, visit.named, known)),
            mine=decider.admits(acting, visit),
        )
        for visit in visits
    ]


def _in(rows: Iterable[Row], state: str) -> list[Row]:
    return [row for row in rows if row.visit.case.state == state]


def _by_deadline(row: Row) -> tuple[datetime, int]:
    due = row.term.standing.due_at if row.term else row.visit.during.lower
    return due, row.visit.pk
