"""What must hold before a visit is asked for, approved, or let in at the gate."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from casework.parameters import Rules
from casework.process import Ask, Objection
from institutions.models import Level
from institutions.queries import narrowing
from registry.kinds import has_children
from registry.models import Tier
from visits.models import Visit
from visits.plans import COUNTED, Plan, local_day, plan_of
from visits.refusals import VisitRefusal
from volunteers.queries import clearance
from volunteers.queries.needed import needed

KNOWN_TIERS = {Tier.V2, Tier.V3}
ONE_DAY = timedelta(days=1)
FULL = _("Choose another time.")


def an_agreement_covers_it(plan: Plan, at: datetime, rules: Rules) -> Iterable[Objection]:
    """Agreement in force on the day of the visit, for this type (DOMAIN 3.0).

    What only a suspension stands against is said by `nothing_is_suspended`.
    """
    if plan.agreement is None and plan.cover.held_through is None:
        names = {"ngo": str(plan.ngo), "institution": str(plan.institution)}
        yield Objection(
            "no_agreement",
            _("No agreement of %(ngo)s with %(institution)s covers this type on that day.") % names,
            _("The head of the NGO or the director can offer one."),
        )


def nothing_is_suspended(plan: Plan, at: datetime, rules: Rules) -> Iterable[Objection]:
    """The Department holds back neither the NGO nor this type nor this institution for it."""
    if last := plan.cover.held_through:
        yield Objection(
            "suspended",
            _("The registration of %(ngo)s is suspended for this on that day.")
            % {"ngo": str(plan.ngo)},
            _("Choose a day after the suspension."),
            last + ONE_DAY,
        )


def the_door_is_not_shut(plan: Plan, at: datetime, rules: Rules) -> Iterable[Objection]:
    """No order closes the site on that day; asked again at the gate, whatever was approved."""
    standing = plan.standing
    if standing.level == Level.SHUT:
        yield Objection(
            "shut",
            _("The institution is closed by order on that day."),
            _("Choose a day after the closure."),
            standing.until + ONE_DAY if standing.until else None,
        )


def the_slot_is_open(plan: Plan, at: datetime, rules: Rules) -> Iterable[Objection]:
    """The door stands open, the slot was not withdrawn, and the notice is long enough."""
    yield from the_door_is_not_shut(plan, at, rules)
    if plan.begins <= at:
        yield Objection("past", _("This time has already begun."), _("Choose a later one."))
    elif not plan.held and plan.standing.level != Level.SHUT:
        yield from _still_offered(plan, at)


def _still_offered(plan: Plan, at: datetime) -> Iterable[Objection]:
    """What a promise once given no longer depends on."""
    if plan.slot.withdrawn_at is not None:
        yield Objection("withdrawn", _("This time is no longer offered."), _("Choose another."))
    notice = plan.standing.mode.notice_hours if plan.standing.mode else 0
    if plan.begins < at + timedelta(hours=notice):
        yield Objection(
            "notice",
            _("The institution wants to know %(hours)d hours ahead.") % {"hours": notice},
            _("Choose a later time."),
        )


def the_type_is_taken_here(plan: Plan, at: datetime, rules: Rules) -> Iterable[Objection]:
    """The mode in force accepts this type; none listed means all that were agreed."""
    taken = plan.standing.types
    if taken and plan.type_version.type_id not in taken:
        yield Objection(
            "type",
            _("The institution does not take “%(type)s” at this time.")
            % {"type": plan.type_version.name},
            _("Choose another type."),
            field="type",
        )


def a_place_is_free(plan: Plan, at: datetime, rules: Rules) -> Iterable[Objection]:
    """Room for everybody named; the held place of a standing visit is its own."""
    if not plan.held and plan.slot.free < max(len(plan.people), 1):
        left = {"free": plan.slot.free, "people": len(plan.people)}
        yield Objection(
            "full",
            _("Places left: %(free)d. People who would come: %(people)d.") % left,
            _("Name fewer people or choose another time.") if plan.slot.free else FULL,
        )


def the_house_takes_the_type(plan: Plan, at: datetime, rules: Rules) -> Iterable[Objection]:
    """The director has not excluded the type for this house on that day."""
    here = plan.institution.pk, plan.type_version.type_id
    if narrowing.demand(*here, plan.on, rules.catalogue).excluded:
        yield Objection(
            "excluded",
            _("%(institution)s does not take “%(type)s”.")
            % {"institution": plan.institution, "type": plan.type_version.name},
            _("Choose another type."),
            field="type",
        )


def people_are_cleared(plan: Plan, at: datetime, rules: Rules) -> Iterable[Objection]:
    """Everybody has what the type asks for there, and has it long enough."""
    here = plan.institution.pk
    need = needed(here, plan.type_version, plan.on, rules.catalogue)
    missing = clearance.missing_for(
        [one.pk for one in plan.people], need.tier, here, need.first_on, need.last_on
    )
    for person in plan.people:
        for lack in missing.get(person.pk, ()):
            yield Objection("not_cleared", f"{person}. {lack.text}", lack.remedy, field="people")


def people_are_free(plan: Plan, at: datetime, rules: Rules) -> Iterable[Objection]:
    """Nobody is in two places; the database holds it too."""
    for person in plan.people:
        if plan.about(person).busy:
            yield Objection(
                "busy",
                _("%(person)s is expected elsewhere at this time.") % {"person": person},
                _("Choose another time, or somebody else comes."),
                field="people",
            )


def somebody_comes(plan: Plan, at: datetime, rules: Rules) -> Iterable[Objection]:
    """A visit is of people; when the last one has declined there is nothing to agree to."""
    if not plan.people:
        yield Objection("nobody", _("Nobody is named."), _("Name who comes."), field="people")


def limits_are_kept(plan: Plan, at: datetime, rules: Rules) -> Iterable[Objection]:
    """People in a visit and visits in a week, as the agreement and the rulebook allow."""
    if plan.agreement is None:
        return
    most = min(plan.agreement.people_a_visit, rules.number("visit.people"))
    if len(plan.people) > most:
        yield Objection(
            "people",
            _("The most people in one visit: %(most)d.") % {"most": most},
            _("Name fewer people."),
            field="people",
        )
    week = Visit.objects.filter(
        agreement=plan.agreement, case__state__in=COUNTED, during__overlap=plan.week
    )
    if week.exclude(pk=plan.case).count() >= plan.agreement.visits_a_week:
        yield Objection(
            "week",
            _("The agreement allows so many visits a week: %(most)d, and they are taken.")
            % {"most": plan.agreement.visits_a_week},
            _("Choose another week."),
            local_day(plan.week[1], plan.institution),
        )


def people_belong_to_the_ngo(plan: Plan, at: datetime, rules: Rules) -> Iterable[Objection]:
    """Only the NGO's own people are named under its agreement."""
    for person in plan.people:
        if not plan.about(person).member:
            yield Objection(
                "not_a_member",
                _("%(person)s is not with this NGO on that day.") % {"person": person},
                _("Name somebody of the NGO."),
                field="people",
            )


BOOKING = (
    somebody_comes,
    an_agreement_covers_it,
    nothing_is_suspended,
    the_slot_is_open,
    the_type_is_taken_here,
    the_house_takes_the_type,
    a_place_is_free,
    limits_are_kept,
    people_belong_to_the_ngo,
    people_are_cleared,
    people_are_free,
)
APPROVAL = (
    somebody_comes,
    an_agreement_covers_it,
    nothing_is_suspended,
    the_slot_is_open,
    the_house_takes_the_type,
    people_are_cleared,
)


def standing_consent_applies(ask: Ask[Visit]) -> Iterable[Objection]:
    """The director's standing consent; where children are, only people known here with V2."""
    if lack := consent_lacks(plan_of(ask), ask.at):
        yield lack


def consent_lacks(plan: Plan, at: datetime) -> Objection | None:
    """Why this plan cannot be booked at once, or None."""
    standing = plan.standing
    if standing.level != Level.WIDE or standing.mode is None or not standing.mode.instant:
        return Objection("no_consent", _("Here a visit is asked for and answered."))
    tier = plan.type_version.tier
    if plan.type_version.risk in {"high", "very_high"}:
        return Objection("no_consent", _("A visit of high risk is decided by the director."))
    if not has_children(plan.institution.kind.code):
        return None
    known = [plan.about(person) for person in plan.people]
    if not all(one.supervised for one in known):
        return Objection(
            "nobody_with_them", _("Whoever would be with the visitors does not work here then.")
        )
    if tier not in KNOWN_TIERS or not all(one.been_here for one in known):
        return Objection("unknown", _("Whoever comes to children for the first time is asked for."))
    return None


def a_supervisor_is_named(ask: Ask[Visit]) -> Iterable[Objection]:
    """Where children are, a member of staff is named who stays with the visitors."""
    if not ask.attempted or ask.answer("supervisor"):
        return
    if has_children(ask.detail.institution.kind.code):
        yield Objection(
            "supervisor",
            _("Where children are, somebody of the staff is with the visitors."),
            _("Name who it will be."),
            field="supervisor",
        )


def a_reason_is_written(ask: Ask[Any]) -> Iterable[Objection]:
    """A refusal says why in words; two codes the system can prove by itself (DOMAIN (g))."""
    if not ask.attempted:
        return
    code, reason = ask.answer("code"), str(ask.answer("reason") or "").strip()
    if not reason and code not in {VisitRefusal.V1, VisitRefusal.V2}:
        yield Objection(
            "reason", _("Say in a sentence why: the volunteers will read it."), field="reason"
        )


def the_refusal_is_true(ask: Ask[Visit]) -> Iterable[Objection]:
    """“Closed by order” needs an order in force on that day."""
    if ask.answer("code") != VisitRefusal.V2:
        return
    plan = plan_of(ask)
    if plan.standing.level != Level.SHUT:
        yield Objection(
            "no_order",
            _("There is no closure by order on that day."),
            _("Choose another reason, or publish the closure first."),
            field="code",
        )
