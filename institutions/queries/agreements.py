"""Who has agreed with whom on what."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Exists, F, OuterRef, QuerySet, Subquery

from accounts.hats import Acting
from accounts.models import Organisation
from casework.lateness import lateness
from casework.models import Term
from casework.process import Flow
from casework.queries import Running, cases_visible_to
from institutions.models import Agreement, AgreementState
from institutions.queries import doors, types
from registry.queries import covering
from registry.queries.suspensions import holding_back

RELATED = (
    "case__owner",
    "case__asker",
    "institution__organisation",
    "institution__kind",
    "ngo__organisation",
    "offered_by",
)
SIDES = ("case", "institution__organisation", "ngo__organisation", "offered_by")


@dataclass(frozen=True)
class Cover:
    """The agreement under which something may be done on a day; `held_through` is the last day
    of a suspension that stands against it.
    """

    agreement: Agreement | None
    held_through: date | None


def cover(institution_id: int, ngos: Sequence[int], type_id: int, on: date) -> Cover:
    """Under which agreement of these NGOs this may be done there on this day: one query.

    Signed, this day in its term, the type covered, and the register still allows it that day.
    """
    allowed = covering(OuterRef("ngo"), on).filter(type=type_id, kind=OuterRef("institution__kind"))
    where = {"type_id": type_id, "institution_id": institution_id}
    held = holding_back(OuterRef("ngo"), on, **where).order_by("-through_on").values("through_on")
    deals: Any = (
        Agreement.objects.in_force(on)
        .filter(institution=institution_id, ngo__in=ngos, covered__type=type_id)
        .annotate(allowed=Exists(allowed), held_through=Subquery(held[:1]))
        .select_related("case", "ngo__organisation")
        .order_by("pk")
    )
    found = list(deals)
    best = next((deal for deal in found if deal.allowed), None)
    if best is not None:
        return Cover(best, best.held_through)
    if found:
        return Cover(None, found[0].held_through)
    last = [holding_back(ngo, on, **where).order_by("-through_on").first() for ngo in ngos]
    return Cover(None, next((one.through_on for one in last if one), None))


def of(organisation: Organisation) -> QuerySet[Agreement, Any]:
    """The agreements in which it is a side, with both sides and `codes`; those that hold and
    those that wait come first.
    """
    return (
        Agreement.objects.of(organisation)
        .exclude(case__state=AgreementState.DRAFT)
        .select_related(*SIDES)
        .annotate(codes=ArrayAgg("covered__type__code", order_by="covered__type__code"))
        .order_by(F("case__closed_at").desc(nulls_first=True), "-pk")
    )


def listed(organisation: Organisation, on: date, at: datetime, page: slice) -> list[dict[str, Any]]:
    """One page of them, as a list shows it: four queries."""
    deals = list(of(organisation)[page])
    named, answers = types.names(on), _answers([deal.pk for deal in deals], at)
    levels = doors.of_institutions([deal.institution_id for deal in deals], on)
    return [
        {
            "agreement": deal,
            "other": _other(deal, organisation),
            "door": levels[deal.institution_id],
            "is_institution": deal.institution_id != organisation.pk,
            "types": [named.get(code, code) for code in deal.codes],
            "through": deal.last_on,
            "stage": Flow.by_kind["agreement"].stages[deal.case.state],
            "answer": answers.get(deal.pk),
        }
        for deal in deals
    ]


def visible(acting: Acting, ref: str) -> Agreement | None:
    """The agreement of this reference, if whoever acts may see its case: one query."""
    cases = cases_visible_to(acting)
    found = Agreement.objects.filter(case__in=cases, case__ref=ref).select_related(*RELATED)
    return found.first()


def partners(institution_id: int, on: date) -> list[Agreement]:
    """The agreements of an institution that hold on this day, with the NGO: one query."""
    deals = Agreement.objects.in_force(on).filter(institution=institution_id)
    return list(deals.select_related("ngo__organisation").order_by("during", "pk"))


def _other(deal: Agreement, organisation: Organisation) -> Organisation:
    sides = deal.ngo.organisation, deal.institution.organisation
    other: Organisation = sides[deal.institution_id != organisation.pk]
    return other


def _answers(cases: list[int], at: datetime) -> dict[int, Running]:
    """By when each that waits must be answered."""
    (clock,) = Flow.by_kind["agreement"].stages[AgreementState.OFFERED].clocks
    waiting = Term.objects.filter(case__in=cases, stopped_at__isnull=True, name=clock.name)
    return {term.case_id: Running(term, clock.label, lateness(term, at)) for term in waiting}
