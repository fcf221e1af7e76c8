"""The gate: in, out, not let in. Each note is made once, however often it is sent."""

from datetime import datetime, timedelta

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.hats import Acting
from accounts.models import User
from casework import trail
from casework.engine import USED_KEY, retried
from casework.models import Case
from casework.parameters import rules_on
from casework.parties import department
from casework.process import Objection, Refused
from casework.telling import tell
from institutions.models import Level
from institutions.queries import doors
from visits.flows import VisitFlow
from visits.flows.stages import S
from visits.models import GateEvent, GateKind, Participation
from visits.parties import coordinator, desk, director
from visits.plans import local_day, objections_to, plan_for
from visits.refusals import GateRefusal
from visits.rules import (
    an_agreement_covers_it,
    nothing_is_suspended,
    people_are_cleared,
    the_door_is_not_shut,
    the_house_takes_the_type,
)

NOT_EXPECTED = Objection(
    "not_expected", _("This person is not expected now."), _("Ask the visits desk.")
)
NOT_HERE = Objection("not_here", _("This person was not let in, so they cannot leave."))
EXPECTED = Objection(
    "expected",
    _("This person is on the list for this time."),
    _("Choose another code."),
    None,
    "code",
)
NO_ORDER = Objection(
    "no_order", _("No order closes the institution today."), _("Choose another code."), None, "code"
)
STATE_AFTER = {
    GateKind.IN: Participation.State.HERE,
    GateKind.OUT: Participation.State.LEFT,
    GateKind.REFUSED: Participation.State.REFUSED,
}
STATE_BEFORE = {
    GateKind.IN: Participation.State.NAMED,
    GateKind.OUT: Participation.State.HERE,
    GateKind.REFUSED: Participation.State.NAMED,
}
HELD = (
    the_door_is_not_shut,
    an_agreement_covers_it,
    nothing_is_suspended,
    the_house_takes_the_type,
    people_are_cleared,
)


def objections(part: Participation, at: datetime) -> list[Objection]:
    """Why this person must not be let in now: asked again at the door, whatever was approved."""
    visit = part.visit
    rules = rules_on(local_day(at, visit.institution))
    early = timedelta(minutes=rules.number("visit.early"))
    if visit.case.state != S.APPROVED or not part.coming:
        return [NOT_EXPECTED]
    if not visit.during.lower - early <= at < visit.during.upper:
        return [NOT_EXPECTED]
    visit.slot.institution = visit.institution
    today = local_day(at, visit.institution)
    people = [part.volunteer]
    plan = plan_for(
        visit.slot, visit.ngo, visit.type_version, people, visit.pk, today=today, held=True
    )
    return objections_to(plan, at, rules, *HELD)


def untrue(part: Participation, at: datetime) -> dict[str, Objection]:
    """The codes that the list or the orders prove wrong for this person now."""
    visit = part.visit
    found: dict[str, Objection] = {}
    if visit.case.state == S.APPROVED and part.coming:
        found[GateRefusal.G1] = EXPECTED
    standing = doors.door_on(visit.slot.site_id, local_day(at, visit.institution))
    if standing.level != Level.SHUT:
        found[GateRefusal.G5] = NO_ORDER
    return found


def note(
    part: Participation,
    kind: GateKind,
    *,
    by: Acting,
    at: datetime,
    key: str,
    code: str = "",
    healthy: bool = False,
) -> GateEvent:
    """Let in, let out or turn away; raises Refused. `healthy`: what was declared at the door."""

    def once() -> GateEvent:
        Case.objects.select_for_update(of=("self",)).get(pk=part.visit_id)
        if earlier := GateEvent.objects.filter(key=key).first():
            if (earlier.participation_id, earlier.kind) != (part.pk, kind):
                raise Refused(USED_KEY)
            return earlier
        now = fresh(part.pk)
        if now.state != STATE_BEFORE[kind]:
            raise Refused(NOT_HERE if kind == GateKind.OUT else NOT_EXPECTED)
        if kind == GateKind.IN:
            _may_enter(now, at, healthy=healthy)
        if kind == GateKind.REFUSED and code in (wrong := untrue(now, at)):
            raise Refused(wrong[code])
        return _write(now, kind, by, at, key=key, code=code)

    return retried(once)


def fresh(pk: int) -> Participation:
    """One person's part with everything the door asks about."""
    related = [f"visit__{name}" for name in ("case", *VisitFlow.related)]
    return Participation.objects.select_related("volunteer", *related).get(pk=pk)


def _may_enter(part: Participation, at: datetime, *, healthy: bool) -> None:
    found = objections(part, at)
    if not healthy:
        found.append(
            Objection(
                "health",
                _("The visitor has not said that they feel well."),
                _("Ask them: no fever, no cough, no rash."),
                field="healthy",
            )
        )
    if found:
        raise Refused(*found)


def _write(
    part: Participation, kind: GateKind, by: Acting, at: datetime, *, key: str, code: str
) -> GateEvent:
    assert isinstance(by.user, User)  # noqa: S101  (the route lets nobody else in)
    in_order = kind == GateKind.REFUSED and not objections(part, at)
    event = GateEvent.objects.create(
        participation=part, kind=kind, code=code, at=at, recorded_at=at, by=by.user, key=key
    )
    part.state = STATE_AFTER[kind]
    part.save(update_fields=["state"])
    visit = part.visit
    trail.record(
        tenant=visit.institution_id,
        actor=by.user.pk,
        action=f"gate.{kind}{'.in_order' if in_order else ''}",
        subject=f"case:{visit.pk}",
        values=f"{part.pk}|{code}",
    )
    if kind == GateKind.REFUSED:
        _tell(part, code, at, key, in_order=in_order)
    return event


def _tell(part: Participation, code: str, at: datetime, key: str, *, in_order: bool) -> None:
    """Whoever was turned away, their coordinator and the desk hear of it; where everything was
    in order, the director and the Department too.
    """
    visit, on = part.visit, local_day(at, part.visit.institution)
    values = VisitFlow.facts(visit) | {
        "code": code,
        "reason": str(GateRefusal(code).label),
        "in_order": in_order,
    }
    heard = Q(pk=part.volunteer_id)
    for party in (coordinator, desk, *((director, department) if in_order else ())):
        heard |= Q(pk__in=party.people(visit, on).values("pk"))
    people = User.objects.filter(heard)
    tell(people, kind="visit_turned_away", values=values, at=at, key=key, case=visit.case)
