"""What must hold before somebody is barred, suspended, or let go again."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.roles import OrganisationKind
from casework.process import Ask, Objection
from volunteers.models import Bar, PersonSuspension, Volunteer, ngos_of
from volunteers.queries import clearance


def the_person_waits(ask: Ask[Any]) -> Iterable[Objection]:
    """Objects to nothing: whoever books or approves by this person's clearance waits until it is
    written. It stands first because what the step touches is read right after the rules.
    """
    if ask.taken:
        clearance.hold([ask.detail.volunteer_id])
    return ()


def nobody_decides_on_themselves(ask: Ask[Any]) -> Iterable[Objection]:
    """Nor on the person they themselves are said to be."""
    if ask.by is not None and ask.by.user.pk == ask.detail.volunteer_id:
        yield Objection(
            "oneself",
            _("Nobody decides on themselves."),
            _("Another member with the same role can do it."),
        )


def not_of_their_ngo(ask: Ask[Any]) -> Iterable[Objection]:
    """The Department's people belong to no NGO of the person, in none of their hats."""
    if ask.by is None or not _of_the_department(ask):
        return
    ngos = ngos_of(ask.detail.volunteer_id, ask.on).values_list("pk", flat=True)
    if any(ask.by.belongs_to(ngo) for ngo in ngos):
        yield Objection(
            "same_ngo",
            _("You belong to an NGO of this volunteer."),
            _("Another checker of the Department can do it."),
        )


def another_confirms(ask: Ask[Bar]) -> Iterable[Objection]:
    """Whoever proposed a bar, or asked for one, does not decide on it."""
    if ask.by is not None and ask.by.user.pk in {ask.detail.proposed_by_id, ask.case.opened_by_id}:
        yield _ANOTHER


def another_lifts(ask: Ask[Bar]) -> Iterable[Objection]:
    """Whoever asked for the removal of a bar does not decide on that."""
    if ask.by is not None and ask.by.user.pk == ask.detail.removal_by_id:
        yield _ANOTHER


def not_barred_already(ask: Ask[Bar]) -> Iterable[Objection]:
    """One bar of a person stands at a time."""
    others = Bar.objects.filter(volunteer=ask.detail.volunteer_id, stands=True)
    if others.exclude(pk=ask.detail.pk).exists():
        yield Objection(
            "barred",
            _("A bar of this person stands or is being decided already."),
            _("Look at it on the page of checks."),
        )


def of_their_ngo(ask: Ask[PersonSuspension]) -> Iterable[Objection]:
    """An NGO suspends those who volunteer for it, the Department anybody."""
    owner = ask.case.owner
    if owner.kind == OrganisationKind.DEPARTMENT:
        return
    if not Volunteer.objects.of_ngo(owner.pk, ask.on).filter(pk=ask.detail.volunteer_id).exists():
        yield Objection("not_yours", _("This person does not volunteer for your NGO."))


def the_days_have_not_passed(ask: Ask[PersonSuspension]) -> Iterable[Objection]:
    """What is over cannot be suspended."""
    last = ask.detail.through_on
    if last is not None and last < ask.on:
        yield Objection(
            "passed", _("The last day has passed."), _("Write the suspension down anew.")
        )


def _of_the_department(ask: Ask[Any]) -> bool:
    organisation = ask.by.organisation if ask.by else None
    return organisation is not None and organisation.kind == OrganisationKind.DEPARTMENT


_ANOTHER = Objection(
    "another",
    _("A second person decides: not whoever asked for it."),
    _("Another checker of the Department can do it."),
)
BY_ANOTHER = (the_person_waits, nobody_decides_on_themselves, not_of_their_ngo)
PROPOSING = (*BY_ANOTHER, not_barred_already)
DECIDING = (*BY_ANOTHER, another_confirms)
LIFTING = (*BY_ANOTHER, another_lifts)
SUSPENDING = (*BY_ANOTHER, of_their_ngo, the_days_have_not_passed)
