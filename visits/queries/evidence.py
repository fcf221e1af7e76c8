"""What was done and what was missed under an agreement: read from events, never declared.

One rule for all three parties: a duty is missed when its term passed or an event broke the promise,
and done when the opposite happened. What was called off in good time is neither. A number of the
rulebook is taken as it was on the day of the visit.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import (
    Count,
    DateTimeField,
    DurationField,
    Exists,
    ExpressionWrapper,
    F,
    Func,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)
from django.db.models.functions import TruncWeek

from accounts.models import Membership
from accounts.permissions import Permission
from casework.lateness import late
from casework.models import Decision, Parameter, Term
from casework.parties import holders
from institutions.models import Briefing
from registry.kinds import CHILDREN
from visits.flows import VisitFlow
from visits.flows.stages import S, answer, hours
from visits.models import GateEvent, GateKind, Participation, Visit
from visits.refusals import GateRefusal
from volunteers.flows.outcome import OutcomeFlow, Revocation

Rows = QuerySet[Any, Any]
Source = Callable[[datetime], Rows]
ANSWERS = tuple(step.name for step in (VisitFlow.approve, VisitFlow.move, VisitFlow.refuse))
OVER = (S.DONE, S.CLOSED)
FIRST_MOMENT = "during__startswith"
IN_CASE, IN_VISIT = "case__visit__", "visit__"
HOUSE = Q(membership__organisation=F("case__owner"))
NGO = Q(
    membership__organisation=F("case__asker"),
    membership__role__in=holders(Permission.COORDINATE),
)


@dataclass(frozen=True)
class Events:
    """What happened, one row each; `visit` and `person` say how to reach them from a row."""

    rows: Source
    visit: str = ""
    person: str = ""

    @property
    def case(self) -> str:
        """How to reach the case of the visit."""
        return "visit__case__" if self.visit == IN_VISIT else "case__"


def answered_in_time(at: datetime) -> Rows:
    """The institution decided before its term passed."""
    said = Decision.objects.filter(case=OuterRef("case"), step__in=ANSWERS)
    return _terms(answer.name).filter(Exists(said), stopped_at__lt=F("due_at"))


def answered_late(at: datetime) -> Rows:
    """The term to answer passed, whatever became of the request afterwards."""
    return _passed(answer.name, at)


def hours_in_time(at: datetime) -> Rows:
    """The hours were confirmed before the term passed."""
    return _terms(hours.name).filter(stopped_at__lt=F("due_at"))


def hours_late(at: datetime) -> Rows:
    """The term to confirm the hours passed."""
    return _passed(hours.name, at)


def held(at: datetime) -> Rows:
    """Visits that took place: somebody was let in, and their time is over."""
    came = GateEvent.objects.filter(participation__visit=OuterRef("pk"), kind=GateKind.IN)
    over = Visit.objects.filter(Exists(came), case__state__in=OVER)
    return over.annotate(on=F(f"{FIRST_MOMENT}__date"))


def received(at: datetime) -> Rows:
    """Visits that took place, and nobody was left outside for want of room."""
    outside = _refused(GateRefusal.G6).filter(visit=OuterRef("pk"))
    return held(at).exclude(Exists(outside))


def left_outside(at: datetime) -> Rows:
    """Somebody expected was not let in because too many people were inside."""
    return _refused(GateRefusal.G6)


def called_off_by_house(at: datetime) -> Rows:
    """The institution cancelled what it had approved, too late."""
    return _too_late(VisitFlow.cancel.name).filter(HOUSE)


def called_off_by_ngo(at: datetime) -> Rows:
    """A coordinator or the head cancelled what was approved, too late."""
    return _too_late(VisitFlow.cancel.name).filter(NGO)


def called_off_by_volunteer(at: datetime) -> Rows:
    """A volunteer cancelled their own visit too late."""
    return _too_late(VisitFlow.cancel.name).exclude(HOUSE).exclude(NGO)


def declined_late(at: datetime) -> Rows:
    """Somebody expected said too late that they would not come."""
    return _too_late(VisitFlow.decline.name).filter(before=S.APPROVED)


def met(at: datetime) -> Rows:
    """Visits to children with somebody of the staff named who worked there on that day."""
    return _to_children(at).filter(_meeting())


def met_by_nobody(at: datetime) -> Rows:
    """Visits to children with nobody of the staff named."""
    return _to_children(at).exclude(_meeting())


def let_in(at: datetime) -> Rows:
    """People whom the gate let in: their clearance was asked for again at the door."""
    return Participation.objects.filter(gate_events__kind=GateKind.IN)


def lost_clearance(at: datetime) -> Rows:
    """People taken off at the moment at which something they were cleared by was revoked.

    Whoever was taken off because the demands grew broke no promise, nor did whoever withdrew.
    """
    revoked = Decision.objects.filter(
        case__outcome__volunteer=OuterRef(OuterRef("volunteer")), step=OutcomeFlow.revoke.name
    ).exclude(code=Revocation.WISH)
    taken_off = Decision.objects.filter(
        case=OuterRef("visit"), step=VisitFlow.take_off.name, at__in=revoked.values("at")
    )
    return Participation.objects.filter(Exists(taken_off), coming=False)


def within_limits(at: datetime) -> Rows:
    """Visits with as many people, and as many in their week, as the agreement allows."""
    return _counted(at).filter(
        came__lte=F("agreement__people_a_visit"), nth__lte=F("agreement__visits_a_week")
    )


def too_many_people(at: datetime) -> Rows:
    """More people were let in than the agreement allows in a visit."""
    return _counted(at).filter(came__gt=F("agreement__people_a_visit"))


def too_many_visits(at: datetime) -> Rows:
    """Visits beyond what the agreement allows in a week."""
    return _counted(at).filter(nth__gt=F("agreement__visits_a_week"))


def briefed(at: datetime) -> Rows:
    """Visits before which there was a briefing that was still fresh."""
    return held(at).filter(_fresh_briefing())


def not_briefed(at: datetime) -> Rows:
    """Visits without one."""
    return held(at).exclude(_fresh_briefing())


def did_not_come(at: datetime) -> Rows:
    """People who were expected and never let in."""
    absent = Participation.objects.filter(coming=True, state=Participation.State.ABSENT)
    return absent.filter(visit__case__state__in=OVER)


def no_document(at: datetime) -> Rows:
    """People turned away because they had no document with them."""
    return _refused(GateRefusal.G2)


def not_sober(at: datetime) -> Rows:
    """People turned away because they did not seem sober."""
    return _refused(GateRefusal.G4)


def checked_out(at: datetime) -> Rows:
    """People who came, and whose leaving the gate noted."""
    return _over().filter(gate_events__kind=GateKind.OUT)


def never_checked_out(at: datetime) -> Rows:
    """People who came, and whose leaving nobody noted before the time was over."""
    out = GateEvent.objects.filter(participation=OuterRef("pk"), kind=GateKind.OUT)
    return _over().filter(~Exists(out), gate_events__kind=GateKind.IN)


def _terms(name: str) -> Rows:
    return Term.objects.filter(case__kind=VisitFlow.kind, name=name)


def _passed(name: str, at: datetime) -> Rows:
    return _terms(name).filter(late(at) | Q(stopped_at__gte=F("due_at")))


def _refused(code: str) -> Rows:
    turned_away = {"gate_events__kind": GateKind.REFUSED, "gate_events__code": code}
    return Participation.objects.filter(**turned_away)


def _over() -> Rows:
    return Participation.objects.filter(visit__case__state__in=OVER)


def _number(code: str) -> Subquery:
    """A number of the rulebook on the day of a visit, `on`."""
    dated = Parameter.objects.filter(code=code, during__contains=OuterRef("on"))
    return Subquery(dated.values("value")[:1])


def _interval(number: Subquery, unit: str) -> Func:
    return Func(
        number,
        function="make_interval",
        template=f"%(function)s({unit} => %(expressions)s)",
        output_field=DurationField(),
    )


def _too_late(step: str) -> Rows:
    """Decisions of this step, less time before the visit than it takes to call it off."""
    begins = f"{IN_CASE}{FIRST_MOMENT}"
    taken: Rows = Decision.objects.filter(case__kind=VisitFlow.kind, step=step).annotate(
        on=F(f"{begins}__date")
    )
    ahead = _interval(_number("visit.call_off"), "hours")
    until = ExpressionWrapper(F(begins) - ahead, output_field=DateTimeField())
    late_ones: Rows = taken.annotate(until=until).filter(at__gt=F("until"))
    return late_ones


def _to_children(at: datetime) -> Rows:
    return held(at).filter(institution__kind__code__in=CHILDREN)


def _meeting() -> Exists:
    return Exists(
        Membership.objects.filter(
            person=OuterRef("supervisor"),
            organisation=OuterRef("institution"),
            during__contains=OuterRef("on"),
            role__in=holders(Permission.ANSWER_VISITS),
        )
    )


def _counted(at: datetime) -> Rows:
    """Visits that took place, with who `came` and the how manieth of its week it is, `nth`."""
    inside = Participation.objects.filter(visit=OuterRef("pk"), gate_events__kind=GateKind.IN)
    earlier = held(at).filter(
        agreement=OuterRef("agreement"),
        during__startswith__gte=OuterRef("monday"),
        during__startswith__lte=OuterRef(FIRST_MOMENT),
    )
    monday = TruncWeek(FIRST_MOMENT, output_field=DateTimeField())
    found: Rows = held(at).annotate(
        monday=monday, came=_how_many(inside, "visit"), nth=_how_many(earlier, "agreement")
    )
    return found


def _how_many(rows: Rows, by: str) -> Subquery:
    return Subquery(rows.order_by().values(by).annotate(many=Count("pk")).values("many"))


def _fresh_briefing() -> Exists:
    months = _interval(_number("agreement.briefing"), "months")
    fresh_on = ExpressionWrapper(OuterRef("on") - months, output_field=DateTimeField())
    return Exists(
        Briefing.objects.filter(
            agreement=OuterRef("agreement"), on__lte=OuterRef("on"), on__gt=fresh_on
        )
    )
