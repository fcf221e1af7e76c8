"""What must hold before a mode is declared."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from casework.process import Ask, Objection
from face.templatetags.face import day
from institutions.models import Door, GuestMode, Level
from institutions.queries.staff import receives
from registry.kinds import has_children

SCHEDULED = {Level.HALF, Level.WIDE}


def it_begins_today_or_later(ask: Ask[GuestMode]) -> Iterable[Objection]:
    """What was, was: nothing is declared for days that are over."""
    if ask.detail.from_on < ask.on:
        yield Objection(
            "past",
            _("Its first day is over: %(day)s.") % {"day": day(ask.detail.from_on)},
            _("Choose today or a later day."),
            field="from_on",
        )


def it_does_not_begin_inside_a_closure(ask: Ask[GuestMode]) -> Iterable[Objection]:
    """During a closure the order holds; it is ended by reopening, not by another mode."""
    mode = ask.detail
    shut = Door.objects.standing(mode.from_on).filter(site=mode.site_id, level=Level.SHUT).first()
    if shut is not None and shut.through_on is not None:
        yield Objection(
            "shut",
            _("On that day the site is closed by order. The closure lasts through %(day)s.")
            % {"day": day(shut.through_on)},
            _("Choose a later first day, or reopen early."),
            field="from_on",
        )


def an_open_schedule_has_hours(ask: Ask[GuestMode]) -> Iterable[Objection]:
    """Scheduled and open doors say when (DOMAIN (f))."""
    if ask.detail.level in SCHEDULED and not ask.detail.windows.exists():
        yield Objection(
            "hours",
            _("A door that stands half or wide open needs hours."),
            _("Write at least one time of the week, or leave the door ajar."),
        )


def standing_consent_needs_a_wide_door(ask: Ask[GuestMode]) -> Iterable[Objection]:
    """Booking without an answer belongs to the open schedule only."""
    if ask.detail.instant and ask.detail.level != Level.WIDE:
        yield Objection(
            "consent",
            _("Standing consent goes with a wide open door only."),
            _("Open the door wide, or answer each request."),
            field="instant",
        )


def standing_consent_names_who_is_with_the_children(ask: Ask[GuestMode]) -> Iterable[Objection]:
    """Nobody answers such a booking, so whoever stays with the visitors is named beforehand."""
    mode = ask.detail
    if not mode.instant or not has_children(mode.institution.kind.code):
        return
    if not receives(mode.supervisor_id, mode.institution_id, ask.on):
        yield Objection(
            "supervisor",
            _("Children live here: standing consent names who of the staff is with the visitors."),
            _("Name somebody who works here now, or answer each request."),
            field="supervisor",
        )


def the_act_is_dated_in_time(ask: Ask[GuestMode]) -> Iterable[Objection]:
    """A closure rests on an order that has been signed by then."""
    if ask.detail.act_on is not None and ask.detail.act_on > min(ask.on, ask.detail.from_on):
        yield Objection(
            "act",
            _("The order is dated later than today or than the first day of the closure."),
            _("Check the date of the order."),
            field="act_on",
        )


def it_is_not_too_long(ask: Ask[GuestMode]) -> Iterable[Objection]:
    """One order closes for so many days; longer takes a new order, which the Department sees."""
    mode, longest = ask.detail, ask.rules.number("closure.longest")
    if mode.through_on is not None and (mode.through_on - mode.from_on).days >= longest:
        yield Objection(
            "long",
            _("One order closes for %(days)d days at most.") % {"days": longest},
            _("Choose an earlier last day; to close longer, issue a new order."),
            field="through_on",
        )


DRAFTED = (
    it_begins_today_or_later,
    it_does_not_begin_inside_a_closure,
    standing_consent_needs_a_wide_door,
    standing_consent_names_who_is_with_the_children,
)
OPENING = (*DRAFTED, an_open_schedule_has_hours)
CLOSING = (it_begins_today_or_later, the_act_is_dated_in_time, it_is_not_too_long)
