"""What must hold before the working calendar changes."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from casework.calendar import working_calendar
from casework.changing import days_of, standing
from casework.models import CalendarChange, CalendarVersion
from casework.process import Ask, Objection


def something_changes(ask: Ask[CalendarChange]) -> Iterable[Objection]:
    """A change changes a day, or decrees the year."""
    days, decreed = standing(ask.detail, working_calendar(ask.rules.calendar))
    if not days and decreed == ask.detail.decreed:
        yield Objection(
            "same",
            _("This is the calendar as it already stands."),
            _("Mark the days that change, or say that the year is decreed."),
            field="rest",
        )


def the_days_are_of_the_year(ask: Ask[CalendarChange]) -> Iterable[Objection]:
    """An act changes the days of its own year."""
    if any(on.year != ask.detail.year_id for on in days_of(ask.detail)):
        yield Objection("year", _("All days that change must lie in this year."), field="rest")


def the_year_is_as_it_was_seen(ask: Ask[CalendarChange]) -> Iterable[Objection]:
    """What whoever proposed had before them is still so."""
    # Nothing was changed at all since, as a rule.
    if working_calendar(ask.rules.calendar).version == ask.detail.based_on_id:
        return
    later = CalendarVersion.objects.filter(
        number__gt=ask.detail.based_on_id, change__year=ask.detail.year_id
    )
    if newest := later.order_by("-number").first():
        yield Objection(
            "moved_on",
            _("The calendar of this year was changed meanwhile: version %(number)s.")
            % {"number": newest.number},
            _("Look at the year again and propose what is still missing."),
            field="rest",
        )


def no_other_change_waits(ask: Ask[CalendarChange]) -> Iterable[Objection]:
    """Two proposals for one year are decided one after the other."""
    others = CalendarChange.objects.filter(year=ask.detail.year_id, case__state="proposed")
    if other := others.exclude(pk=ask.detail.pk).select_related("case").first():
        yield Objection(
            "waits",
            _("Another change of this year waits for its second person: %(ref)s.")
            % {"ref": other.case.ref},
            _("Confirm or refuse that one first."),
        )


def the_act_is_signed(ask: Ask[CalendarChange]) -> Iterable[Objection]:
    """A calendar rests on an act that is dated today or earlier."""
    if ask.detail.act_on > ask.on:
        yield Objection(
            "act",
            _("The act is dated later than today."),
            _("Check the date of the act."),
            field="act_on",
        )


CHANGING = (
    something_changes,
    the_days_are_of_the_year,
    the_year_is_as_it_was_seen,
    no_other_change_waits,
    the_act_is_signed,
)
