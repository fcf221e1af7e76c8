"""The table of duties: what shows that each was done, and every way in which it is missed."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from casework.process import Text
from visits.queries import evidence as seen
from visits.queries.evidence import IN_CASE, IN_VISIT, Events

VOLUNTEER, ACTOR = "volunteer__", "actor__"


@dataclass(frozen=True)
class Miss:
    """One way of breaking a promise; its words may name the numbers of the duty."""

    what: str
    words: Text
    events: Events


@dataclass(frozen=True)
class Promise:
    """How a duty is seen to be done, and how it is missed."""

    done: Events
    missed: tuple[Miss, ...]


def _of_person(rows: seen.Source) -> Events:
    return Events(rows, IN_VISIT, VOLUNTEER)


def _of_case(rows: seen.Source, person: str = "") -> Events:
    return Events(rows, IN_CASE, person)


# By the codes of `institutions.duties.DUTIES`.
PROMISES = {
    "answer": Promise(
        _of_case(seen.answered_in_time),
        (Miss("late", _("The answer was not given in time."), _of_case(seen.answered_late)),),
    ),
    "receive": Promise(
        Events(seen.received),
        (
            Miss(
                "called_off",
                _("The institution called it off less than %(hours)s ahead."),
                _of_case(seen.called_off_by_house),
            ),
            Miss(
                "full",
                _("Not let in although expected: too many people were inside."),
                _of_person(seen.left_outside),
            ),
        ),
    ),
    "meet": Promise(
        Events(seen.met),
        (Miss("nobody", _("Nobody of the staff was named."), Events(seen.met_by_nobody)),),
    ),
    "visits": Promise(
        Events(seen.held),
        (
            Miss(
                "called_off",
                _("The NGO called it off less than %(hours)s ahead."),
                _of_case(seen.called_off_by_ngo),
            ),
        ),
    ),
    "hours": Promise(
        _of_case(seen.hours_in_time),
        (Miss("late", _("The hours were not confirmed in time."), _of_case(seen.hours_late)),),
    ),
    "cleared": Promise(
        _of_person(seen.let_in),
        (
            Miss(
                "lost",
                _("Lost the clearance and was taken off the visit."),
                _of_person(seen.lost_clearance),
            ),
        ),
    ),
    "limits": Promise(
        Events(seen.within_limits),
        (
            Miss("people", _("More people came than was agreed."), Events(seen.too_many_people)),
            Miss("week", _("More visits a week than was agreed."), Events(seen.too_many_visits)),
        ),
    ),
    "brief": Promise(
        Events(seen.briefed),
        (
            Miss(
                "none",
                _("There was no briefing in the %(months)s before the visit."),
                Events(seen.not_briefed),
            ),
        ),
    ),
    "come": Promise(
        _of_person(seen.let_in),
        (
            Miss("absent", _("Did not come."), _of_person(seen.did_not_come)),
            Miss(
                "declined",
                _("Said less than %(hours)s ahead that they would not come."),
                _of_case(seen.declined_late, ACTOR),
            ),
            Miss(
                "called_off",
                _("Called their own visit off less than %(hours)s ahead."),
                _of_case(seen.called_off_by_volunteer, ACTOR),
            ),
            Miss("document", _("Came without a document."), _of_person(seen.no_document)),
            Miss("sober", _("Not let in: signs of intoxication."), _of_person(seen.not_sober)),
        ),
    ),
    "leave": Promise(
        _of_person(seen.checked_out),
        (Miss("unseen", _("Did not check out."), _of_person(seen.never_checked_out)),),
    ),
}
