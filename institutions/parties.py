"""Who takes part in opening and closing doors, and in agreements."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.hats import Acting
from accounts.models import User
from accounts.permissions import Permission
from casework.parties import ASKER, OWNER, Depends, Either, Members, holders
from casework.process import Party, Text
from institutions.models import Agreement, GuestMode

director = Members(OWNER, Permission.DIRECT, _("director"))
desk = Members(OWNER, Permission.ANSWER_VISITS, _("director and visits desk"))
staff = Members(OWNER, Permission.KEEP_GATE, _("whoever receives visitors"))
head = Members(ASKER, Permission.LEAD, _("head of the NGO"))
coordinators = Members(ASKER, Permission.COORDINATE, _("head and coordinators of the NGO"))


@dataclass(frozen=True)
class DirectorOf(Members):
    """The director, for the cases that a step is meant for: the others do not offer it."""

    fits: Callable[[GuestMode], bool]

    def admits(self, acting: Acting | None, detail: Any) -> bool:
        """The director, and the case is of that sort."""
        return self.fits(detail) and super().admits(acting, detail)


@dataclass(frozen=True)
class Partners:
    """Heads and coordinators of the NGOs that have an agreement with the institution."""

    name: Text

    def admits(self, acting: Acting | None, detail: Any) -> bool:
        """They hear; they take no step."""
        return False

    def people(self, detail: Any, on: date) -> QuerySet[User]:
        """Everybody who books or signs there under an agreement in force."""
        deals = Agreement.objects.in_force(on).filter(institution=detail.institution_id)
        return User.objects.filter(
            is_active=True,
            memberships__during__contains=on,
            memberships__role__in=holders(Permission.COORDINATE),
            memberships__organisation__in=deals.values("ngo"),
        ).distinct()


def _director_of(name: Text, fits: Callable[[GuestMode], bool]) -> DirectorOf:
    return DirectorOf(OWNER, Permission.DIRECT, name, fits)


of_a_closure = _director_of(_("director"), lambda mode: mode.is_closure)
of_a_mode = _director_of(_("director"), lambda mode: not mode.is_closure)
partners = Partners(_("NGOs with an agreement"))


def _offering(deal: Agreement) -> Party:
    return director if deal.offered_by_id == deal.institution_id else head


def _answering(deal: Agreement) -> Party:
    return head if deal.offered_by_id == deal.institution_id else director


offerer = Depends(_offering, _("the side that wrote the offer"))
answerer = Depends(_answering, _("the other side"))


def _suspending(deal: Agreement) -> Party:
    return director if deal.suspended_by_id == deal.institution_id else head


suspender = Depends(_suspending, _("the side that suspended it"))
either_side = Either((head, director), _("either side"))
