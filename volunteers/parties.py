"""Who takes part in checking people."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.hats import Acting
from accounts.models import User
from accounts.permissions import Permission
from accounts.roles import Role
from casework.parties import (
    OWNER,
    Depends,
    Either,
    Members,
    ThePeople,
    checker,
    holders,
    the_clock,
)
from casework.process import Party, Text
from volunteers.models import CheckedBy, Outcome, ngos_of
from volunteers.models.vetting import (
    TRUST,
)

volunteer = ThePeople(_("the volunteer"))
KEEPERS: dict[str, Party] = {
    CheckedBy.SELF: volunteer,
    CheckedBy.NGO: Members(OWNER, Permission.COORDINATE, _("coordinator of the NGO")),
    CheckedBy.INSTITUTION: Members(OWNER, Permission.ANSWER_VISITS, _("visits desk")),
    CheckedBy.DEPARTMENT: checker,
    CheckedBy.SYSTEM: the_clock,
}
DIRECTOR = Members(OWNER, Permission.DIRECT, _("director of the institution"))


def _keeper(detail: Outcome) -> Party:
    if detail.requirement.code == TRUST:
        return DIRECTOR
    return KEEPERS[detail.requirement.checked_by]


@dataclass(frozen=True)
class Coordinators:
    """Coordinators of the volunteer's NGOs; of what one institution asked, only of the NGO told."""

    name: Text

    def admits(self, acting: Acting | None, detail: Any) -> bool:
        """They only hear."""
        return False

    def people(self, detail: Any, on: date) -> QuerySet[User]:
        """Everybody who coordinates there and is not the volunteer."""
        ngos: Any = ngos_of(detail.volunteer_id, on)
        if detail.institution_id is not None:
            ngos = ngos.filter(pk=detail.case.asker_id)
        found = User.objects.filter(
            is_active=True,
            memberships__during__contains=on,
            memberships__role__in=holders(Permission.COORDINATE),
            memberships__organisation__in=ngos,
        )
        return found.exclude(pk=detail.volunteer_id).distinct()


@dataclass(frozen=True)
class WhenNothingReplacesIt:
    """A party that hears of an end only when no newer outcome has taken its place."""

    party: Party
    name: Text

    def admits(self, acting: Acting | None, detail: Any) -> bool:
        """They only hear."""
        return False

    def people(self, detail: Any, on: date) -> QuerySet[User]:
        """The party, or nobody."""
        others = Outcome.objects.filter(
            volunteer=detail.volunteer_id,
            requirement=detail.requirement_id,
            institution=detail.institution_id,
            counts=True,
        )
        if others.exclude(pk=detail.pk).exists():
            return User.objects.none()
        return self.party.people(detail, on)


@dataclass(frozen=True)
class HeadsOfNgos:
    """The heads of all NGOs that have volunteers: they tell their people what will be asked."""

    name: Text

    def admits(self, acting: Acting | None, detail: Any) -> bool:
        """They only hear."""
        return False

    def people(self, detail: Any, on: date) -> QuerySet[User]:
        """Every head of an NGO on this day."""
        return User.objects.filter(
            is_active=True,
            memberships__during__contains=on,
            memberships__role=Role.HEAD,
        ).distinct()


heads = HeadsOfNgos(_("heads of NGOs"))
keeper = Depends(_keeper, _("whoever checks it"))
revoker = Either((keeper, checker), _("whoever checks it, or the Department"))
coordinators = Coordinators(_("coordinators of the volunteer’s NGO"))
whoever_loses_it = WhenNothingReplacesIt(
    Either((volunteer, coordinators), _("the volunteer and the NGO")),
    _("the volunteer and the NGO"),
)
