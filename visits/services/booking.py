"""Asking for a visit: the case, its people and its first step in one transaction."""

from collections.abc import Collection, Sequence
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
from institutions.queries import agreements
from registry.models import Ngo
from registry.queries.versions import versions_on
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
# Says nobody's name: whoever tries keys of other people's volunteers learns nothing of them.
STRANGERS = Objection(
    "strangers",
    _("Only volunteers of the NGO are named."),
    _("Choose people from the list."),
    field="people",
)
NOT_OFFERED = Objection(
    "type",
    _("This type cannot be taken on that day."),
    _("Choose another type."),
    field="type",
)


def why_not(plan: Plan, by: Acting, at: datetime) -> list[Objection]:
    """All the reasons at once why whoever acts cannot book this now."""
    found = objections_to(plan, at, rules_on(local_day(at, plan.institution)), *BOOKING)
    return found if _may_name(by, plan) else [NOT_YOURS, *found]


def book(
    *,
    by: Acting,
    slot: Slot,
    ngos: Sequence[int],
    type_id: int,
    people: Collection[int],
    programme: str,
    at: datetime,
    key: str,
) -> Visit:
    """Book at once under the director's standing consent, or ask; raises Refused.

    Under the first agreement of these NGOs that covers it. The same key from the same person
    gives the same visit.
    """

    def once() -> Visit:
        # Nobody's clearance changes from here on: whoever revokes it waits, and finds the visit.
        named = clearance.hold(people)
        plan = _plan(slot, ngos, type_id, named, at)
        if len(named) < len(set(people)) or not all(_is_known(by, plan, one) for one in named):
            raise Refused(STRANGERS)
        if plan.agreement is None or not _may_name(by, plan):
            raise Refused(*why_not(plan, by, at))
        answered = consent_lacks(plan, at) is not None
        visit = _open(plan, by, programme, at, supervisor=None if answered else plan.supervisor)
        step = VisitFlow.request if answered else VisitFlow.book
        step(visit, by=by, at=at, key=key, opened=True)
        return visit

    try:
        return retried(once)
    except Refused:
        # A second click finds what the first one made.
        if made := _earlier(by, key):
            return made
        raise


def _earlier(by: Acting, key: str) -> Visit | None:
    """The visit that this person's form with this key has already made; raises Refused."""
    decision = Decision.objects.filter(key=f"{by.user.pk}:{key}").select_related("case").first()
    if decision is None:
        return None
    if decision.case.kind != VisitFlow.kind:
        raise Refused(USED_KEY)
    return Visit.objects.select_related("case").get(pk=decision.case_id)


def _plan(
    slot: Slot, ngos: Sequence[int], type_id: int, people: Sequence[User], at: datetime
) -> Plan:
    on = local_day(slot.during.lower, slot.institution)
    version = next((one for one in versions_on(on) if one.type_id == type_id), None)
    if version is None or not ngos:
        raise Refused(NOT_OFFERED)
    cover = agreements.cover(slot.institution_id, ngos, type_id, on)
    if cover.agreement:
        ngo = cover.agreement.ngo
    else:
        ngo = Ngo.objects.select_related("organisation").get(pk=ngos[0])
    today = local_day(at, slot.institution)
    return plan_for(slot, ngo, version, people, today=today, cover=cover)


def _is_known(by: Acting, plan: Plan, person: User) -> bool:
    """Oneself, or somebody of the NGO for which the visit is asked."""
    return person.pk == by.user.pk or plan.about(person).member


def _may_name(by: Acting, plan: Plan) -> bool:
    """Anybody names themselves; a coordinator names people of the NGO they act for."""
    if by.may(Permission.COORDINATE) and by.membership is not None:
        return bool(by.membership.organisation_id == plan.ngo.pk)
    return [one.pk for one in plan.people] == [by.user.pk]


def _open(plan: Plan, by: Acting, programme: str, at: datetime, *, supervisor: int | None) -> Visit:
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
    # Read before its own places are written: nobody stands in their own way.
    own = plan.of_case(case.pk)
    visit = Visit.objects.create(
        case=case,
        institution=plan.institution,
        ngo=plan.ngo,
        slot=plan.slot,
        agreement=plan.agreement,
        type_version=plan.type_version,
        during=plan.slot.during,
        programme=programme,
        supervisor_id=supervisor,
    )
    Participation.objects.bulk_create(
        Participation(visit=visit, volunteer=one, during=plan.slot.during, told_at=at)
        for one in plan.people
    )
    visit.plan = own
    return visit
