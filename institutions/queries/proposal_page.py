"""What stands on a proposal's page beside what it says itself."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce, JSONObject

from accounts.hats import Acting
from accounts.permissions import Permission
from casework.calendar import working_calendar
from casework.models import Term
from casework.parameters import Rules, rules_known
from casework.process import Flow, Stage
from casework.queries import UNSENT, Running, as_running
from institutions.models import Agreement, FounderReview, Proposal, ProposalState
from institutions.queries import proposals
from institutions.queries.enclosures import TAKEN_IN
from institutions.queries.house import named_types
from institutions.queries.types import outside
from registry.models import Registration
from registry.queries import covering

WRITING = {Permission.LEAD, Permission.DIRECT}
DAY = timedelta(days=1)
MOMENT = timedelta(microseconds=1)
# A type that was retired since has no name any more.
TYPE = {"pk": "pk", "name": Coalesce("name", "code"), "allowed": "allowed"}


@dataclass(frozen=True)
class Order:
    """A closure in force: of which site, by which order, through which day if there is one."""

    site: str
    number: str
    through_on: date | None


@dataclass(frozen=True)
class Linked:
    """Another case that follows from the proposal."""

    ref: str
    stage: Stage
    is_open: bool


def beside(proposal: Proposal, acting: Acting, at: datetime) -> dict[str, Any]:
    """The register, the calendar and the record; the review and the agreement that follow."""
    on = at.astimezone(ZoneInfo(proposal.case.owner.zone)).date()
    own = acting.organisation.pk if acting.organisation else None
    writes = proposal.ngo_id == own and acting.may(Permission.COORDINATE)
    said = {"encloses": writes and proposal.case.state in TAKEN_IN}
    if proposal.case.state in UNSENT:
        return said | {"writes": said["encloses"]}
    rules = rules_known(proposal, on)
    days = rules.number("proposal.capacity")
    known = _known(proposal, at, on, days) | said
    deals = _linked("agreement", known["deals"])
    return known | {
        "known": True,
        "days": days,
        "outside": _outside(proposal, known["proposed"], on, rules),
        "room": proposals.Room(**known["room"] or {}),
        "record": proposals.Record(**known["record"] or {}),
        "orders": list(_orders(known["orders"])),
        "notice": _notice(proposal, known, rules),
        "reviews": _linked("founder_review", known["asked_founder"]),
        "reads_review": proposal.ngo_id == own or acting.may(Permission.OVERSEE),
        "review_term": _review_term(proposal, at),
        "agreements": deals,
        "may_write": _may_write(proposal, acting, deals),
    }


def _outside(
    proposal: Proposal, proposed: list[dict[str, Any]], on: date, rules: Rules
) -> list[str]:
    """The names of those proposed types that are not held there: what bears ground R3 out."""
    names = {one["pk"]: one["name"] for one in proposed}
    first = max(on, proposal.during.lower)
    strange = outside(proposal.institution, names, first, rules.catalogue)
    return [names[one] for one in names if one in strange]


def _known(proposal: Proposal, at: datetime, on: date, days: int) -> dict[str, Any]:
    """Everything that other tables say of it: one query."""
    ngo, house, case = proposal.ngo_id, proposal.institution_id, proposal.case_id
    registered = Registration.objects.in_force(on).filter(ngo=ngo).order_by("pk")
    told = proposal.case.decisions.filter(step__in=proposals.ANSWERS).order_by("pk")
    decision = Term.objects.filter(case=case, name=proposals.DECISION).order_by("-pk")
    types, orders = _types(proposal, on), proposals.orders(house, on)
    order = JSONObject(site="site__name", number="mode__act_number", end="during__endswith")
    reviews = FounderReview.objects.filter(proposal=case).order_by("pk")
    deals = Agreement.objects.filter(proposal=case).order_by("pk")
    linked = JSONObject(ref="case__ref", state="case__state")
    found: Any = Proposal.objects.filter(pk=proposal.pk).values(
        number=Subquery(registered.values("number")[:1]),
        proposed=ArraySubquery(
            types.values(said=JSONObject(pk="pk", name="name", allowed="allowed"))
        ),
        room=Subquery(proposals.rooms(house, at, days)),
        orders=ArraySubquery(orders.values(said=order)),
        record=Subquery(proposals.records(house, at)),
        told_at=Subquery(told.values("at")[:1]),
        due_at=Subquery(decision.values("due_at")[:1]),
        asked_founder=ArraySubquery(reviews.values(said=linked)),
        deals=ArraySubquery(deals.values(said=linked)),
    )[0]
    return dict(found)


def _types(proposal: Proposal, on: date) -> QuerySet[Any, Any]:
    """Its types by name, each with whether the register allows it to the NGO in this house."""
    ngo, kind = proposal.ngo_id, proposal.institution.kind_id
    here = covering(ngo, on, institution_id=proposal.institution_id).filter(kind=kind)
    allowed = Exists(here.filter(type=OuterRef("pk")))
    return named_types(on).filter(pk__in=proposal.types.values("pk")).annotate(allowed=allowed)


def _orders(said: list[dict[str, Any]]) -> Iterator[Order]:
    for one in said:
        end = date.fromisoformat(one["end"]) - DAY if one["end"] else None
        yield Order(one["site"], one["number"], end)


def _linked(kind: str, said: list[dict[str, Any]]) -> list[Linked]:
    stages = ((one["ref"], Flow.by_kind[kind].stages[one["state"]]) for one in said)
    return [Linked(ref, stage, stage.owner is not None) for ref, stage in stages]


def _notice(proposal: Proposal, known: dict[str, Any], rules: Rules) -> dict[str, Any]:
    """When the NGO was told of the decision, and by when the law wants it told."""
    if known["told_at"] is None or known["due_at"] is None:
        return {}
    zone = ZoneInfo(proposal.case.owner.zone)
    last = (known["due_at"] - MOMENT).astimezone(zone).date()
    by_on = working_calendar(rules.calendar).due(last, rules.number("proposal.notice"))
    return {"at": known["told_at"], "by_on": by_on}


def _review_term(proposal: Proposal, at: datetime) -> Running | None:
    """The clock that runs in the founder's review, while it has the proposal."""
    if proposal.case.state != ProposalState.REVIEW:
        return None
    reviews = FounderReview.objects.filter(proposal=proposal).values("case")
    open_terms = Term.objects.filter(case__in=reviews, stopped_at__isnull=True, name="review")
    term = open_terms.select_related("case").first()
    return as_running(term, at) if term else None


def _may_write(proposal: Proposal, acting: Acting, deals: list[Linked]) -> bool:
    """Whether whoever looks can write the agreement now; one at a time."""
    own = acting.organisation.pk if acting.organisation else None
    sides = (proposal.ngo_id, proposal.institution_id)
    accepted = proposal.case.state == ProposalState.ACCEPTED
    waits = accepted and not any(one.is_open for one in deals)
    return waits and own in sides and bool(WRITING & acting.permissions)
