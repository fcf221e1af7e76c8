"""In which membership a person acts: one hat at a time, kept in the session, shown on the page.

The one place that reads guardian: its grants are intersected with memberships in force, because
guardian knows no dates and answers for deactivated people too.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from allauth.account.authentication import get_authentication_records
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import CharField, OuterRef, Value
from django.db.models.functions import Cast, Concat
from django.http import HttpRequest
from django.utils import timezone

from accounts.models import Membership, Organisation, OrganisationGroupPermission, User
from accounts.permissions import NEEDS_SECOND_FACTOR

HAT = "hat"


@dataclass(frozen=True)
class Acting:
    """Who acts, in which membership, with which permissions on its organisation."""

    user: User | AnonymousUser
    membership: Membership | None = None
    permissions: frozenset[str] = frozenset()
    hats: tuple[Membership, ...] = field(default=())

    @property
    def organisation(self) -> Organisation | None:
        """The organisation acted for."""
        return self.membership.organisation if self.membership else None

    @property
    def role(self) -> str:
        """The role acted in, or an empty string."""
        return self.membership.role if self.membership else ""

    @property
    def needs_second_factor(self) -> bool:
        """Whether this role must have proved itself twice."""
        return self.role in NEEDS_SECOND_FACTOR

    def may(self, permission: str) -> bool:
        """Whether the hat worn carries this permission."""
        return permission in self.permissions

    def belongs_to(self, organisation_id: int | None) -> bool:
        """Whether the person belongs there in any of their hats."""
        return any(hat.organisation_id == organisation_id for hat in self.hats)


NOBODY = Acting(AnonymousUser())


def hats_of(person: int, on: date) -> tuple[Membership, ...]:
    """The memberships in force, each with `granted` and its person: one query."""
    group = Concat(
        Cast(OuterRef("organisation_id"), CharField()),
        Value(":"),
        OuterRef("role"),
        output_field=CharField(),
    )
    granted = OrganisationGroupPermission.objects.filter(
        content_object=OuterRef("organisation"),
        group__name=group,
        group__user=OuterRef("person"),
    ).values("permission__codename")
    return tuple(
        Membership.objects.filter(person=person, person__is_active=True, during__contains=on)
        .select_related("organisation", "person")
        .annotate(granted=ArraySubquery(granted))
        .order_by("pk")
    )


def acting_as(user: User, hat: int | None, on: date) -> Acting:
    """The person in the hat chosen, or in their first."""
    return _wearing(user, hat, hats_of(user.pk, on))


def of_request(request: HttpRequest) -> Acting:
    """Who acts in this request; `WithHats` has read the hats of a session's person already."""
    user = request.user
    if not isinstance(user, User):
        return NOBODY
    hats = user.hats if user.hats is not None else hats_of(user.pk, timezone.localdate())
    return _wearing(user, request.session.get(HAT), hats)


def is_verified(request: HttpRequest) -> bool:
    """Whether this session proved itself by a second factor; the demo's one click counts there."""
    records = get_authentication_records(request, request.user)
    methods = {record.get("method") for record in records}
    return "mfa" in methods or (settings.OPEN_DOORS_DEMO and "demo" in methods)


def _wearing(user: User, hat: int | None, hats: tuple[Membership, ...]) -> Acting:
    if not hats:
        return Acting(user)
    worn: Any = next((one for one in hats if one.pk == hat), hats[0])
    return Acting(user, worn, frozenset(worn.granted), hats)
