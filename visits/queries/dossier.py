"""One request as whoever decides sees it: the people, what was checked, what stands in the way."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from accounts.hats import Acting
from accounts.models import User
from casework.engine import OWN_CASE
from casework.models import Case, Decision, Notice
from casework.parameters import rules_on
from casework.process import Objection
from casework.queries import Running
from registry.models import Tier
from visits.flows import VisitFlow
from visits.flows.stages import S
from visits.models import Participation, Visit
from visits.parties import HIGH, decider
from visits.plans import Plan, local_day, objections_to, plan_for
from visits.queries.desk import LIVE, MOST, house_of, running, uncleared, with_terms
from visits.rules import APPROVAL, people_are_cleared
from volunteers.queries.clearance import standing
from volunteers.queries.facts import Facts, Visited, facts

# What the institution answers with, or its standing consent.
DECIDING = [name for name, step in VisitFlow.steps.items() if step.decides or step.settles]
# Who is not cleared is said beside each name, without papers.
ABOUT_THE_HOUSE = [rule for rule in APPROVAL if rule is not people_are_cleared]
NOT_CLEARED = Objection(
    "not_cleared", _("Not everybody named is cleared for this visit: see beside their names.")
)


@dataclass(frozen=True)
class Comer:
    """One person named: cleared or not, until when, how often here before; never a paper."""

    person: User
    cleared: bool
    tier: str
    until: date | None
    times: int
    also_at: datetime | None


@dataclass(frozen=True)
class Dossier:
    """Everything the decision rests on. `mine`: whoever looks is the one who decides."""

    visit: Visit
    term: Running | None
    people: Sequence[Comer]
    plan: Plan
    hindrances: Sequence[Objection]
    mine: bool

    @property
    def is_waiting(self) -> bool:
        """Whether it still waits for an answer."""
        return bool(self.visit.case.state == S.REQUESTED)

    @property
    def is_high(self) -> bool:
        """Whether the director decides it."""
        return self.visit.type_version.risk in HIGH


def found(acting: Acting, ref: str) -> Visit | None:
    """The visit of this reference, if it was asked of the institution acted for."""
    asked = _asked(acting).filter(case__ref=ref)
    return with_terms(asked.exclude(case__state=S.DRAFT)).select_related("case__opened_by").first()


def dossier(visit: Visit, acting: Acting, at: datetime) -> Dossier:
    """What there is to know before deciding, of a visit from `found`."""
    parts = list(_named(visit))
    on = local_day(visit.during.lower, visit.institution)
    ids = [part.volunteer_id for part in parts]
    known = facts(ids, tier=Tier.V3, institution=visit.institution_id, on=on)
    out = set(uncleared(visit, ids, known))
    slot = visit.slot
    slot.institution = visit.institution
    people = [part.volunteer for part in parts]
    today = local_day(at, visit.institution)
    plan = plan_for(slot, visit.ngo, visit.type_version, people, visit.pk, today=today, held=True)
    return Dossier(
        visit=visit,
        term=running(visit, at),
        people=[
            _comer(part, visit, known, on, cleared=part.volunteer_id not in out) for part in parts
        ],
        plan=plan,
        hindrances=[
            *([OWN_CASE] if _own(visit, ids, acting) else []),
            *objections_to(plan, at, _rules(on, visit), *ABOUT_THE_HOUSE),
            *([NOT_CLEARED] if out else []),
        ],
        mine=decider.admits(acting, visit),
    )


def last_decision(case: Case) -> Decision | None:
    """What the institution decided last in this case, or its standing consent did."""
    taken = case.decisions.filter(step__in=DECIDING).select_related("actor", "membership")
    return taken.order_by("recorded_at").last()


def told(decision: Decision) -> list[User]:
    """Who heard of this decision, by name."""
    notices = Notice.objects.filter(case=decision.case_id, key__startswith=f"{decision.key}:")
    return [one.person for one in notices.select_related("person").order_by("person", "pk")]


def next_ref(acting: Acting, at: datetime) -> str:
    """The reference of the request whose answer is due first of those that are theirs to decide."""
    requested = _asked(acting).filter(case__state=S.REQUESTED, during__endswith__gt=at)
    waiting: Any = with_terms(requested)
    first = waiting.order_by("term__due_at", "pk")[:MOST]
    return next((one.case.ref for one in first if decider.admits(acting, one)), "")


def _asked(acting: Acting) -> QuerySet[Visit, Any]:
    """The visits that were asked of the institution acted for."""
    return Visit.objects.filter(institution=house_of(acting))


def _named(visit: Visit) -> QuerySet[Participation, Any]:
    """The people who would come; `also_at`: when else they are expected here on that day."""
    on = local_day(visit.during.lower, visit.institution)
    others = Participation.objects.filter(
        volunteer=OuterRef("volunteer"),
        visit__institution=visit.institution_id,
        visit__case__state__in=LIVE,
        coming=True,
        during__startswith__date=on,
    ).exclude(visit=visit.pk)
    also = Subquery(others.order_by("during").values("during__startswith")[:1])
    named = visit.participations.filter(coming=True).annotate(also_at=also)
    return named.select_related("volunteer").order_by("pk")


def _comer(part: Any, visit: Visit, known: Facts, on: date, *, cleared: bool) -> Comer:
    stands = standing(known, part.volunteer_id, visit.institution_id, on)
    return Comer(
        person=part.volunteer,
        cleared=cleared,
        tier=stands.label,
        until=stands.until,
        times=known.visited.get(part.volunteer_id, Visited()).times,
        also_at=part.also_at,
    )


def _own(visit: Visit, named: list[int], acting: Acting) -> bool:
    """The same question as the engine's, from what is known here already."""
    me = acting.user.pk
    own = me in named or me == visit.case.opened_by_id
    return own or acting.belongs_to(visit.case.asker_id)


@dataclass(frozen=True)
class _Unread:
    """The rulebook of a day, read only if a rule asks it for a number."""

    on: date
    catalogue: UUID

    def number(self, code: str) -> int:
        """The value of a parameter in its own unit."""
        return rules_on(self.on).number(code)


def _rules(on: date, visit: Any) -> Any:
    """With the mark of the catalogue that a visit from `with_terms` has brought along."""
    return _Unread(on, visit.catalogue)
