"""What must hold before a requirement is asked from another tier, or is asked no longer."""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext_lazy as _

from casework.calendar import LAST_YEAR
from casework.process import Ask, Objection
from face.templatetags.face import day
from registry.models import Tier
from volunteers.models import RequirementChange
from volunteers.models.vetting import CONSENT, EXPERIENCE, PARENT
from volunteers.queries.requirements import last_demand, waiting

SET_BY_LAW = {CONSENT, PARENT}


def it_begins_tomorrow_or_later(ask: Ask[RequirementChange]) -> Iterable[Objection]:
    """Visits of today go by what held this morning."""
    if ask.detail.from_on <= ask.on:
        yield Objection(
            "past",
            _("A change of the requirements begins tomorrow or later."),
            _("Choose a later day."),
            field="from_on",
        )
    elif ask.detail.from_on >= date(LAST_YEAR, 1, 1):
        yield Objection(
            "far",
            _("The calendar holds the years up to %(year)s.") % {"year": LAST_YEAR - 1},
            field="from_on",
        )


def it_changes_something(ask: Ask[RequirementChange]) -> Iterable[Objection]:
    """It takes the place of what was decided last, after that has begun."""
    change, last = ask.detail, last_demand(ask.detail.requirement_id)
    asked = last.tier if last and last.during.upper is None else ""
    if change.tier == asked:
        yield Objection(
            "same",
            _("This is what already holds, or is decided to hold."),
            _("Choose another tier, or leave it as it is."),
            field="tier",
        )
    elif last and last.during.lower and change.from_on <= last.during.lower:
        yield Objection(
            "begins",
            _("What was decided last begins on %(day)s only.") % {"day": day(last.during.lower)},
            _("Choose a later day."),
            field="from_on",
        )
    elif last and last.during.upper and change.from_on < last.during.upper:
        yield Objection(
            "ends",
            _("It is asked until %(day)s, as was decided.") % {"day": day(last.during.upper)},
            _("Choose this day or a later one."),
            field="from_on",
        )


def the_law_allows_it(ask: Ask[RequirementChange]) -> Iterable[Objection]:
    """Consent is asked of everybody by law; experience cannot be asked of beginners."""
    code, tier = ask.detail.requirement.code, ask.detail.tier
    if code in SET_BY_LAW:
        yield Objection(
            "law",
            _("The law asks for this of everybody: no decision of the Department changes it."),
            field="tier",
        )
    elif code == EXPERIENCE and tier and tier < Tier.V3:
        yield Objection(
            "experience",
            _("Below the third tier nobody could begin: experience is earned in visits."),
            field="tier",
        )


def no_other_change_waits(ask: Ask[RequirementChange]) -> Iterable[Objection]:
    """Two proposals for one requirement are decided one after the other."""
    others = waiting().filter(requirement=ask.detail.requirement_id).exclude(pk=ask.detail.pk)
    if other := others.first():
        yield Objection(
            "waits",
            _("Another change of this requirement waits for its second person: %(ref)s.")
            % {"ref": other.case.ref},
            _("It is decided first."),
        )


def the_act_is_signed_by_then(ask: Ask[RequirementChange]) -> Iterable[Objection]:
    """A requirement rests on an act that is dated today or earlier."""
    if ask.detail.act_on > min(ask.on, ask.detail.from_on):
        yield Objection(
            "act",
            _("The act is dated later than today or than the first day of the change."),
            _("Check the date of the act."),
            field="act_on",
        )


CHANGING = (
    it_begins_tomorrow_or_later,
    it_changes_something,
    the_law_allows_it,
    no_other_change_waits,
    the_act_is_signed_by_then,
)
