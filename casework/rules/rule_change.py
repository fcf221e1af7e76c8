"""What must hold before a number of the rulebook changes."""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext_lazy as _

from casework.calendar import LAST_YEAR
from casework.models import Rulebook, RuleChange
from casework.process import Ask, Objection
from casework.rulebook import waiting
from casework.units import bounds
from face.templatetags.face import day


def the_value_is_another(ask: Ask[RuleChange]) -> Iterable[Objection]:
    """A change changes something."""
    if ask.detail.value == ask.detail.replaces.value:
        yield Objection("same", _("This is the value that already holds."), field="value")


def the_value_makes_sense(ask: Ask[RuleChange]) -> Iterable[Objection]:
    """Not below and not above what a number in this unit can be."""
    found = bounds(ask.detail.replaces.unit)
    if not found.least <= ask.detail.value <= found.most:
        yield Objection(
            "bounds",
            _("The number must lie between %(least)d and %(most)d.")
            % {"least": found.least, "most": found.most},
            field="value",
        )


def it_begins_today_or_later(ask: Ask[RuleChange]) -> Iterable[Objection]:
    """What was decided was decided by the rule of its day: nothing changes backwards."""
    if ask.detail.from_on < ask.on:
        yield Objection(
            "past",
            _("The first day of the change has passed: %(day)s.")
            % {"day": day(ask.detail.from_on)},
            _("A rule changes from today on or later."),
            field="from_on",
        )
    elif ask.detail.from_on >= date(LAST_YEAR, 1, 1):
        yield Objection(
            "far",
            _("The calendar holds the years up to %(year)s.") % {"year": LAST_YEAR - 1},
            field="from_on",
        )


def no_other_value_is_planned(ask: Ask[RuleChange]) -> Iterable[Objection]:
    """One value after the other: the one replaced holds on that day and has no end yet."""
    during = ask.detail.replaces.during
    if during.upper is not None:
        yield Objection(
            "planned",
            _("Another value is already set from %(day)s.") % {"day": day(during.upper)},
            _("Propose a change of that value, from a later day."),
            field="from_on",
        )
    elif ask.detail.from_on <= during.lower:
        yield Objection(
            "begins",
            _("The value that holds has only begun on %(day)s.") % {"day": day(during.lower)},
            _("Choose a later day."),
            field="from_on",
        )


def no_other_change_waits(ask: Ask[RuleChange]) -> Iterable[Objection]:
    """Two proposals for one number are decided one after the other."""
    others = waiting().filter(replaces=ask.detail.replaces_id).exclude(pk=ask.detail.pk)
    if other := others.first():
        yield Objection(
            "waits",
            _("Another change of this rule waits for its second person: %(ref)s.")
            % {"ref": other.case.ref},
            _("Confirm or refuse that one first."),
        )


def the_edition_is_not_in_force(ask: Ask[RuleChange]) -> Iterable[Objection]:
    """An edition by which somebody may have decided already takes no further change."""
    first = ask.detail.from_on
    if first <= ask.on and Rulebook.objects.filter(from_on=first).exists():
        yield Objection(
            "edition",
            _("An edition of the rules has already begun on this day."),
            _("Choose tomorrow or a later day."),
            field="from_on",
        )


def the_act_is_signed_by_then(ask: Ask[RuleChange]) -> Iterable[Objection]:
    """A rule rests on an act that is dated today or earlier."""
    if ask.detail.act_on > min(ask.on, ask.detail.from_on):
        yield Objection(
            "act",
            _("The act is dated later than today or than the first day of the change."),
            _("Check the date of the act."),
            field="act_on",
        )


CHANGING = (
    the_value_is_another,
    the_value_makes_sense,
    it_begins_today_or_later,
    no_other_value_is_planned,
    no_other_change_waits,
    the_edition_is_not_in_force,
    the_act_is_signed_by_then,
)
