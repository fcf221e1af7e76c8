"""What must hold before a request about one's own data is sent or carried out."""

from collections.abc import Iterable

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership, User
from accounts.roles import Role
from casework.process import Ask, Objection
from oversight.keeping.held import is_held
from oversight.models import Asked, DataRequest


def one_at_a_time(ask: Ask[DataRequest]) -> Iterable[Objection]:
    """A second request of the same kind waits for the first."""
    open_ones = DataRequest.objects.filter(person=ask.detail.person_id, what=ask.detail.what)
    if open_ones.filter(case__closed_at=None).exclude(pk=ask.detail.pk).exists():
        yield Objection(
            "asked_before",
            _("You have already asked for this, and it has not been answered yet."),
            _("Wait for the answer, or withdraw the first request."),
        )


def something_is_wanted(ask: Ask[DataRequest]) -> Iterable[Objection]:
    """A correction says what is wrong: by new values or in words."""
    detail = ask.detail
    if detail.what == Asked.CORRECT and not detail.wanted and not detail.words.strip():
        yield Objection(
            "nothing", _("Nothing has changed yet."), _("Correct a field, or write what is wrong.")
        )


def no_open_case(ask: Ask[DataRequest]) -> Iterable[Objection]:
    """What an open case concerns is kept until it ends."""
    if ask.detail.what != Asked.ERASE:
        return
    if User.objects.filter(is_held("pk"), pk=ask.detail.person_id).exists():
        yield Objection(
            "held",
            _("An open case or a coming visit concerns this person: the data are still needed."),
            _("Erase when it is over, or refuse and name the case."),
        )


def no_office(ask: Ask[DataRequest]) -> Iterable[Objection]:
    """Whoever acts for an organisation hands the role over first."""
    if ask.detail.what != Asked.ERASE:
        return
    roles = Membership.objects.filter(~Q(role=Role.VOLUNTEER), person=ask.detail.person_id)
    if roles.filter(during__contains=ask.on).exists():
        yield Objection(
            "office",
            _("This person acts for an organisation."),
            _("The organisation ends the role first; then the data can be erased."),
        )


ASKING = (one_at_a_time, something_is_wanted)
CARRYING_OUT = (no_open_case, no_office)
