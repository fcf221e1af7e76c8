"""What must hold before an outcome of a check is recorded, confirmed or revoked."""

from collections.abc import Iterable
from datetime import date

from django.db import connection
from django.utils.translation import gettext_lazy as _

from casework.process import Ask, Objection
from volunteers.models import CheckedBy, Outcome, ngos_of
from volunteers.queries import clearance
from volunteers.validity import last_day

EARLIEST = date(1950, 1, 1)
PASSED, NOT_PASSED, UNREADABLE, DIFFER = "passed", "not_passed", "unreadable", "differ"


def nobody_checks_themselves(ask: Ask[Outcome]) -> Iterable[Objection]:
    """Only what a person declares about themselves is theirs to record."""
    own = ask.by is not None and ask.by.user.pk == ask.detail.volunteer_id
    if own and ask.detail.requirement.checked_by != CheckedBy.SELF:
        yield Objection(
            "oneself",
            _("Nobody checks themselves."),
            _("Ask another member with the same role."),
        )


def not_of_their_ngo(ask: Ask[Outcome]) -> Iterable[Objection]:
    """The Department's checker belongs to no NGO of the volunteer, in none of their hats."""
    if ask.by is None or ask.detail.requirement.checked_by != CheckedBy.DEPARTMENT:
        return
    ngos = set(ngos_of(ask.detail.volunteer_id, ask.on).values_list("pk", flat=True))
    if any(ask.by.belongs_to(ngo) for ngo in ngos):
        yield Objection(
            "same_ngo",
            _("You belong to an NGO of this volunteer."),
            _("Another checker of the Department can do it."),
        )


def the_day_makes_sense(ask: Ask[Outcome]) -> Iterable[Objection]:
    """Not in the future, not before anybody now living, not so old that it has already ended."""
    on = ask.detail.on
    if on > ask.on:
        text = _("This day lies in the future.")
        yield Objection("future", text, _("Write the day that stands on the paper."), field="on")
    elif on < EARLIEST:
        yield Objection("absurd", _("This day is too long ago."), _("Check the year."), field="on")
    elif (through := last_day(on, ask.detail.requirement.months)) and through < ask.on:
        text = _("It is valid for %(months)d months and has already ended.")
        words = {"months": ask.detail.requirement.months}
        yield Objection("ended", text % words, _("A newer one is needed."), field="on")


def one_person_is_enough(ask: Ask[Outcome]) -> Iterable[Objection]:
    """What two people must check does not take effect by one."""
    if ask.detail.requirement.two_people:
        yield Objection("two_people", _("A second checker must confirm it."))


def both_say_passed(ask: Ask[Outcome]) -> Iterable[Objection]:
    """The second answers by themselves; only when both say the same does it take effect."""
    if ask.answer("opinion") is None:
        yield _OWN_PAGE
    elif not ask.detail.passed or ask.answer("opinion") != PASSED:
        yield Objection(DIFFER, _("The two outcomes differ, so it does not take effect."))


def the_second_has_answered(ask: Ask[Outcome]) -> Iterable[Objection]:
    """A rejection follows from an answer given on the second checker's own page."""
    if ask.answer("opinion") is None:
        yield _OWN_PAGE


def the_person_is_held(ask: Ask[Outcome]) -> Iterable[Objection]:
    """Objects to nothing: whoever books by this person's clearance waits until it is written.

    It stands among the rules because what the step touches is read right after them.
    """
    if ask.answers and connection.in_atomic_block:
        clearance.hold([ask.detail.volunteer_id])
    return ()


BY_ANOTHER = (nobody_checks_themselves, not_of_their_ngo)
RECORDING = (*BY_ANOTHER, the_day_makes_sense)
RECORDING_ALONE = (*RECORDING, one_person_is_enough)
CONFIRMING = (both_say_passed, *BY_ANOTHER)
REJECTING = (the_second_has_answered, *BY_ANOTHER)

_OWN_PAGE = Objection(
    "own_page",
    _("The second checker answers without seeing the first outcome, on a page of their own."),
    _("Open it from the list of checks."),
)
