"""Who bars and suspends people, and who hears of it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.hats import Acting
from accounts.models import User
from accounts.permissions import Permission
from casework.parties import OWNER, Either, Members, checker, holders
from casework.process import Text
from volunteers.models import ngos_of


@dataclass(frozen=True)
class ThePerson:
    """Whom the case is about without being shown it: others are named there."""

    name: Text

    def admits(self, acting: Acting | None, detail: Any) -> bool:
        """They only hear."""
        return False

    def people(self, detail: Any, on: date) -> QuerySet[User]:
        """That one person."""
        return User.objects.filter(pk=detail.volunteer_id, is_active=True)


@dataclass(frozen=True)
class TheirNgos:
    """Coordinators of the NGOs of whom the case is about."""

    name: Text

    def admits(self, acting: Acting | None, detail: Any) -> bool:
        """They only hear."""
        return False

    def people(self, detail: Any, on: date) -> QuerySet[User]:
        """Everybody who coordinates there and is not the person."""
        found = User.objects.filter(
            is_active=True,
            memberships__during__contains=on,
            memberships__role__in=holders(Permission.COORDINATE),
            memberships__organisation__in=ngos_of(detail.volunteer_id, on),
        )
        return found.exclude(pk=detail.volunteer_id).distinct()


the_person = ThePerson(_("the person"))
their_ngos = TheirNgos(_("coordinators of the person’s NGOs"))
own_side = Members(OWNER, Permission.COORDINATE, _("coordinator of the NGO"))
suspender = Either((own_side, checker), _("whoever suspends: the NGO or the Department"))
