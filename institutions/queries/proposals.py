"""Proposals: who they are of, how they stand, what bears a refusal out."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import JSONObject

from accounts.hats import Acting
from accounts.models import Organisation
from casework.lateness import late
from casework.models import Case, Decision, Term
from casework.process import Flow, Stage
from casework.queries import Running, as_running
from institutions.models import Door, Level, Proposal, ProposalState, Slot
from registry.models import Registration

OWED_BY_HOUSE = (ProposalState.SENT, ProposalState.RECEIVED, ProposalState.SUPPLIED)
OWED_BY_NGO = (ProposalState.ASKED, ProposalState.REFUSED, ProposalState.ACCEPTED)
DECISION = "decision"
ANSWERS = ("accept", "refuse", "refer")


def is_registered(ngo_id: int, on: date) -> bool:
    """Whether a registration of this NGO holds on this day."""
    return Registration.objects.in_force(on).filter(ngo=ngo_id).exists()


@dataclass(frozen=True)
class Room:
    """How many places the times of the next days offer, and how many of them are free."""

    times: int = 0
    places: int = 0
    free: int = 0

    @property
    def is_full(self) -> bool:
        """Whether there are times, and every place in them is taken."""
        return self.places > 0 and self.free == 0


def room(institution_id: int, at: datetime, days: int) -> Room:
    """What the calendar of an institution bears out: one query."""
    return Room(**rooms(institution_id, at, days).first() or {})


def rooms(institution_id: int, at: datetime, days: int) -> QuerySet[Any, Any]:
    """The same as one value for another query; no row where there are no times."""
    ahead = Slot.objects.filter(
        institution=institution_id,
        withdrawn_at__isnull=True,
        during__startswith__gte=at,
        during__startswith__lt=at + timedelta(days=days),
    )
    free = Sum(F("capacity") - F("used"))
    said = JSONObject(times=Count("pk"), places=Sum("capacity"), free=free)
    counted = ahead.values("institution").annotate(said=said).order_by("institution")
    return counted.values_list("said", flat=True)


def orders(institution_id: int, on: date) -> QuerySet[Door, Any]:
    """The closures in force there on this day."""
    shut = Door.objects.standing(on).filter(site__institution=institution_id, level=Level.SHUT)
    found: QuerySet[Door, Any] = shut.order_by("pk")
    return found


@dataclass(frozen=True)
class Row:
    """One proposal in a list: the other side, how it stands and by when."""

    proposal: Proposal
    other: Organisation
    codes: list[str]
    stage: Stage
    term: Running | None


def listed(organisation: Organisation, at: datetime, page: slice) -> list[Row]:
    """One page of an organisation's proposals, those that wait first: three queries."""
    found: QuerySet[Any, Any] = (
        Proposal.objects.of(organisation)
        .select_related("case", "institution__organisation", "ngo__organisation")
        .annotate(codes=ArrayAgg("types__code", order_by="types__code"))
        .order_by(F("case__closed_at").desc(nulls_first=True), "-pk")
    )
    proposals = list(found[page])
    nearest = _nearest((one.case for one in proposals), at)
    return [_row(one, organisation, nearest.get(one.pk)) for one in proposals]


def _row(proposal: Any, own: Organisation, term: Running | None) -> Row:
    other = proposal.institution if proposal.ngo_id == own.pk else proposal.ngo
    stage = Flow.by_kind["proposal"].stages[proposal.case.state]
    return Row(proposal, other.organisation, proposal.codes, stage, term)


def _nearest(cases: Iterable[Case], at: datetime) -> dict[int, Running]:
    """The first open term of each case."""
    terms = Term.objects.filter(case__in=[case.pk for case in cases], stopped_at__isnull=True)
    found: dict[int, Running] = {}
    for term in terms.select_related("case").order_by("due_at"):
        found.setdefault(term.case_id, as_running(term, at))
    return found


def waiting(acting: Acting) -> QuerySet[Case, Any]:
    """The proposals whose next move is that of the organisation acted for."""
    own = acting.organisation.pk if acting.organisation else 0
    house = Q(owner=own, state__in=OWED_BY_HOUSE)
    ngo = Q(asker=own, state__in=OWED_BY_NGO)
    return Case.objects.filter(house | ngo, kind="proposal")


@dataclass(frozen=True)
class Record:
    """How an institution answers proposals: in time, late, and how many are late now."""

    in_time: int = 0
    late: int = 0
    late_now: int = 0

    @property
    def answered(self) -> int:
        """How many were answered at all."""
        return self.in_time + self.late


def record(institution_id: int, at: datetime) -> Record:
    """The institution's record: one query. A term that passed counts, however the case ended;
    one in which the NGO withdrew in time does not.
    """
    return Record(**records(institution_id, at).first() or {})


def records(institution_id: int, at: datetime) -> QuerySet[Any, Any]:
    """The same as one value for another query; no row where nothing was proposed."""
    answers = Decision.objects.filter(case=OuterRef("case"), step__in=ANSWERS)
    terms = Term.objects.filter(case__owner=institution_id, case__kind="proposal", name=DECISION)
    said = JSONObject(
        in_time=Count("pk", filter=Q(stopped_at__lt=F("due_at")) & Q(Exists(answers))),
        late=Count("pk", filter=Q(stopped_at__gte=F("due_at"))),
        late_now=Count("pk", filter=late(at)),
    )
    counted = terms.values("case__owner").annotate(said=said).order_by("case__owner")
    return counted.values_list("said", flat=True)
