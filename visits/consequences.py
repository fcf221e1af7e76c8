"""What follows from a step of a visit: places held and given back, time freed, slots moved."""

from dataclasses import replace
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from casework.engine import TAKEN
from casework.process import Ask, Objection, Refused
from institutions.models import Slot
from institutions.queries.staff import with_visitors
from institutions.services import slots
from visits.models import GateKind, Hours, Participation, Visit
from visits.plans import local_day, objections_to, plan_in, plan_of
from visits.rules import APPROVAL, people_are_free
from volunteers.models import Experience

MOVING = (*APPROVAL, people_are_free)
NOT_STAFF = Objection(
    "supervisor",
    _("Whoever is named to be with the visitors does not work here now."),
    _("Name somebody else of the staff."),
    field="supervisor",
)
OWN_HOURS = Objection(
    "own_hours",
    _("You came to this visit yourself, and nobody confirms their own hours."),
    _("Another coordinator or the head of the NGO does it."),
)


def take_the_places(ask: Ask[Visit]) -> None:
    """Hold a place for everybody named; the last place goes to whoever is first."""
    people = len(plan_of(ask).people)
    if not slots.take_places(ask.detail.slot_id, people, ask.at):
        raise Refused(TAKEN)


def free_the_places(ask: Ask[Visit]) -> None:
    """Everybody's place and time are free again; an offered place too."""
    visit = ask.detail
    people = visit.participations.filter(coming=True).count()
    slots.give_back(visit.slot_id, people)
    if visit.offered_slot_id:
        slots.give_back(visit.offered_slot_id, people)
    _release(visit)


def end_the_time(ask: Ask[Visit]) -> None:
    """It is over: nobody's time is held any more, the places stay counted as used."""
    _release(ask.detail)


def hold_the_offered(ask: Ask[Visit]) -> None:
    """The other time that the institution offers is held until the asker answers."""
    visit = ask.detail
    people = visit.participations.filter(coming=True).count()
    own = Slot.objects.filter(institution=visit.institution_id).select_related("site")
    offered = own.filter(pk=ask.answer("slot")).first()
    if offered is None:
        raise Refused(Objection(TAKEN.code, TAKEN.text, field="slot"))
    found = objections_to(plan_in(visit, offered, ask), ask.at, ask.rules, *APPROVAL)
    if found:
        raise Refused(*(replace(one, field="slot") for one in found))
    if not slots.take_places(offered.pk, people, ask.at):
        raise Refused(Objection(TAKEN.code, TAKEN.text, field="slot"))
    visit.offered_slot = offered
    visit.save(update_fields=["offered_slot"])


def move_to_the_offered(ask: Ask[Visit]) -> None:
    """The offered time is taken if everything still holds then; its people's time moves too."""
    visit = ask.detail
    assert visit.offered_slot is not None  # noqa: S101  (the state says so)
    found = objections_to(plan_in(visit, visit.offered_slot, ask), ask.at, ask.rules, *MOVING)
    if found:
        raise Refused(*found)
    slots.give_back(visit.slot_id, visit.participations.filter(coming=True).count())
    visit.slot, visit.offered_slot = visit.offered_slot, None
    visit.during = visit.slot.during
    visit.save(update_fields=["slot", "offered_slot", "during"])


def name_the_supervisor(ask: Ask[Visit]) -> None:
    """Who of the staff is with the visitors; nobody from elsewhere can be named."""
    visit, chosen = ask.detail, ask.answer("supervisor")
    if not chosen:
        return
    visit.supervisor = with_visitors(visit.institution_id, ask.on).filter(pk=int(chosen)).first()
    if visit.supervisor is None:
        raise Refused(NOT_STAFF)
    visit.save(update_fields=["supervisor"])


def let_one_go(ask: Ask[Visit]) -> None:
    """One person declines: their place and time are free, the others come."""
    assert ask.by is not None  # noqa: S101  (only a person declines)
    _let_go(ask, ask.by.user.pk)


def take_one_off(ask: Ask[Visit]) -> None:
    """Somebody lost their clearance: their place and time are free, the others come."""
    _let_go(ask, ask.answer("person"))


def _let_go(ask: Ask[Visit], person: Any) -> None:
    """Whoever is inside already stays noted as here, until the gate has seen them leave."""
    part = ask.detail.participations.filter(volunteer=person, coming=True)
    inside = part.filter(state=Participation.State.HERE).update(coming=False)
    if inside or part.update(coming=False, state=Participation.State.DECLINED):
        slots.give_back(ask.detail.slot_id, 1)
        if ask.detail.offered_slot_id:
            slots.give_back(ask.detail.offered_slot_id, 1)


def note_who_did_not_come(ask: Ask[Visit]) -> None:
    """Whoever was never let in did not come."""
    ask.detail.participations.filter(coming=True, state=Participation.State.NAMED).update(
        state=Participation.State.ABSENT
    )


def confirm_the_hours(ask: Ask[Visit]) -> None:
    """Everybody who came gets the minutes the gate noted, confirmed by the coordinator."""
    by = ask.by.user if ask.by else None
    assert isinstance(by, User)  # noqa: S101  (only a coordinator confirms)
    came = ask.detail.participations.filter(coming=True)
    if came.filter(volunteer=by, gate_events__kind=GateKind.IN).exists():
        raise Refused(OWN_HOURS)
    for part in came.prefetch_related("gate_events"):
        minutes = minutes_of(part, ask.detail)
        if minutes:
            Hours.objects.create(
                participation=part,
                volunteer_id=part.volunteer_id,
                minutes=minutes,
                confirmed_by=by,
                confirmed_at=ask.at,
            )
            Experience.objects.get_or_create(
                source=f"part-{part.pk}",
                defaults={
                    "volunteer_id": part.volunteer_id,
                    "institution": ask.detail.institution,
                    "on": local_day(ask.detail.during.lower, ask.detail.institution),
                },
            )


def minutes_of(part: Participation, visit: Visit) -> int:
    """From in to out as the gate noted; without an "out", to the end of the slot."""
    noted = {one.kind: one.at for one in part.gate_events.all()}
    if GateKind.IN not in noted:
        return 0
    left = noted.get(GateKind.OUT, visit.during.upper)
    return max(int((left - noted[GateKind.IN]).total_seconds() // 60), 0)


def _release(visit: Any) -> None:
    visit.active = False
    visit.save(update_fields=["active"])
