"""Asking for a visit: the case, its people and its first step in one transaction."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from accounts.hats import Acting
from accounts.models import User
from accounts.permissions import Permission
from casework.engine import USED_KEY, open_case, retried
from casework.models import Decision
from casework.parameters import rules_on
from casework.process import Objection, Refused
from institutions.models import Slot
from registry.models import Ngo, TypeVersion
from visits.flows import VisitFlow
from visits.models import Participation, Visit
from visits.plans import Plan, local_day, objections_to, plan_for
from visits.rules import BOOKING, consent_lacks
from volunteers.queries import clearance

NOT_YOURS = Objection(
    "not_yours",
    _("You can book for yourself; for others their NGO’s coordinator does."),
    _("Name yourself only, or ask the coordinator."),
    field="people",
)


def why_not(plan: Plan, by: Acting, at: datetime) -> list[Objection]:
    """All the reasons at once why whoever acts cannot book this now."""
    found = objections_to(plan, at, rules_on(local_day(at, plan.institution)), *BOOKING)
    return found if _may_name(by, plan) else [NOT_YOURS, *found]


def earlier(by: Acting, key: str) -> Visit | None:
    """The visit that this person's form with this key has already made; raises Refused."""
    decision = Decision.objects.filter(key=f"{by.user.pk}:{key}").select_related("case").first()
    if decision is None:
        return None
    if decision.case.kind != VisitFlow.kind:
        raise Refused(USED_KEY)
    return Visit.objects.get(pk=decision.case_id)


def book(
    *,
    by: Acting,
    slot: Slot,
    ngo: Ngo,
    type_version: TypeVersion,
    people: Sequence[User],
    programme: str,
    at: datetime,
    key: str,
) -> Visit:
    """Book at once under the director's standing consent, or ask; raises Refused.

    The same key from the same person gives the same visit.
    """

    def once() -> Visit:
        if made := earlier(by, key):
            return made
        # Nobody's clearance changes from here on: whoever revokes it waits, and finds the visit.
        clearance.hold(one.pk for one in people)
        plan = plan_for(slot, ngo, type_version, people)
        if plan.agreement is None or not _may_name(by, plan):
            raise Refused(*why_not(plan, by, at))
        visit = _open(plan, by, programme, at)
        step = VisitFlow.request if consent_lacks(plan, at) else VisitFlow.book
        step(visit, by=by, at=at, key=key)
        return visit

    try:
        return retried(once)
    except Refused:
        # A second click that lost the race finds what the first one made.
        if made := earlier(by, key):
            return made
        raise


def _may_name(by: Acting, plan: Plan) -> bool:
    """Anybody names themselves; a coordinator names people of the NGO they act for."""
    if by.may(Permission.COORDINATE) and by.membership is not None:
        return bool(by.membership.organisation_id == plan.ngo.pk)
    return [one.pk for one in plan.people] == [by.user.pk]


def _open(plan: Plan, by: Acting, programme: str, at: datetime) -> Visit:
    assert isinstance(by.user, User)  # noqa: S101  (the route lets nobody else in)
    assert plan.agreement is not None  # noqa: S101  (refused before)
    case = open_case(
        VisitFlow,
        owner=plan.institution.organisation,
        asker=plan.ngo.organisation,
        by=by.user,
        at=at,
        concerned=plan.people,
    )
    visit = Visit.objects.create(
        case=case,
        institution=plan.institution,
        ngo=plan.ngo,
        slot=plan.slot,
        agreement=plan.agreement,
        type_version=plan.type_version,
        during=plan.slot.during,
        programme=programme,
    )
    Participation.objects.bulk_create(
        Participation(visit=visit, volunteer=one, during=plan.slot.during, told_at=at)
        for one in plan.people
    )
    return visit
