"""The parties of every process: members of a side, the person who asked, the clock."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.hats import Acting
from accounts.models import User
from accounts.permissions import PERMISSIONS_OF, Permission
from accounts.roles import OrganisationKind
from casework.models import Concerned
from casework.process import Party, Text

OWNER, ASKER, DEPARTMENT = "owner", "asker", "department"


def with_concerned(details: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
    """Details that know whom their cases are about, so that `is_about` need not ask."""
    people = Concerned.objects.filter(case=OuterRef("pk")).values("person")
    known: QuerySet[Any, Any] = details.annotate(concerns=ArraySubquery(people))
    return known


def is_about(detail: Any, person: int | None) -> bool:
    """Whether the case is about this person."""
    known = getattr(detail, "concerns", None)
    if known is not None:
        return person in known
    return bool(detail.case.concerned.filter(person=person).exists())


def holders(permission: str) -> list[str]:
    """The roles that carry a permission."""
    return [role for role, granted in PERMISSIONS_OF.items() if permission in granted]


@dataclass(frozen=True)
class Members:
    """Members of one side of the case who hold a permission there."""

    side: str
    permission: str
    name: Text

    def admits(self, acting: Acting | None, detail: Any) -> bool:
        """Their hat belongs to the side and carries the permission."""
        if acting is None or acting.membership is None or not acting.may(self.permission):
            return False
        organisation = acting.membership.organisation
        if self.side == DEPARTMENT:
            return organisation.kind == OrganisationKind.DEPARTMENT
        return organisation.pk == self._organisation_id(detail)

    def people(self, detail: Any, on: date) -> QuerySet[User]:
        """Everybody with such a membership in force."""
        found = User.objects.filter(
            is_active=True,
            memberships__during__contains=on,
            memberships__role__in=holders(self.permission),
        )
        if self.side == DEPARTMENT:
            found = found.filter(memberships__organisation__kind=OrganisationKind.DEPARTMENT)
        else:
            found = found.filter(memberships__organisation=self._organisation_id(detail))
        return found.distinct()

    def _organisation_id(self, detail: Any) -> int | None:
        case = detail.case
        found: int | None = case.owner_id if self.side == OWNER else case.asker_id
        return found


@dataclass(frozen=True)
class Opener:
    """Whoever opened the case."""

    name: Text

    def admits(self, acting: Acting | None, detail: Any) -> bool:
        """The same person, in whichever hat."""
        return acting is not None and acting.user.pk == detail.case.opened_by_id

    def people(self, detail: Any, on: date) -> QuerySet[User]:
        """That one person."""
        return User.objects.filter(pk=detail.case.opened_by_id, is_active=True)


@dataclass(frozen=True)
class ThePeople:
    """The people the case is about."""

    name: Text

    def admits(self, acting: Acting | None, detail: Any) -> bool:
        """Whoever is named in the case."""
        return acting is not None and is_about(detail, acting.user.pk)

    def people(self, detail: Any, on: date) -> QuerySet[User]:
        """All of them."""
        concerned = detail.case.concerned.values("person")
        return User.objects.filter(pk__in=concerned, is_active=True)


@dataclass(frozen=True)
class TheClock:
    """Time itself: steps that the sweep takes, never a person."""

    name: Text

    def admits(self, acting: Acting | None, detail: Any) -> bool:
        """Nobody's hat: only the sweep."""
        return acting is None

    def people(self, detail: Any, on: date) -> QuerySet[User]:
        """Nobody hears for the clock."""
        return User.objects.none()


@dataclass(frozen=True)
class Either:
    """Any of several parties."""

    parties: tuple[Party, ...]
    name: Text

    def admits(self, acting: Acting | None, detail: Any) -> bool:
        """Any of them does."""
        return any(party.admits(acting, detail) for party in self.parties)

    def people(self, detail: Any, on: date) -> QuerySet[User]:
        """All of them together."""
        found = User.objects.none()
        for party in self.parties:
            found = found | User.objects.filter(pk__in=party.people(detail, on).values("pk"))
        return found


@dataclass(frozen=True)
class Depends:
    """A party that the case itself determines."""

    pick: Callable[[Any], Party]
    name: Text

    def admits(self, acting: Acting | None, detail: Any) -> bool:
        """As the party picked for this case."""
        return self.pick(detail).admits(acting, detail)

    def people(self, detail: Any, on: date) -> QuerySet[User]:
        """As the party picked for this case."""
        return self.pick(detail).people(detail, on)


the_clock = TheClock(_("time"))
another_case = TheClock(_("another case that was decided"))
opener = Opener(_("whoever asked"))
people_concerned = ThePeople(_("the people concerned"))
registrar = Members(DEPARTMENT, Permission.KEEP_REGISTER, _("registrar of the Department"))
department = Members(DEPARTMENT, Permission.OVERSEE, _("the Department"))
checker = Members(DEPARTMENT, Permission.CHECK_PEOPLE, _("checker of the Department"))
reviewer = Members(DEPARTMENT, Permission.REVIEW, _("the appeals commission"))
chief = Members(DEPARTMENT, Permission.INVITE, _("chief of the department"))
