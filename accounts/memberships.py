"""Granting and ending memberships; the guardian groups that follow from them.

One group per organisation and role, named `<organisation>:<role>`, holds the permissions on the
organisation; a membership puts its person into the group for as long as it lasts.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.contrib.auth.models import Group
from django.contrib.auth.models import Permission as DjangoPermission
from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Q

from accounts.models import Membership, Organisation, OrganisationGroupPermission, User
from accounts.permissions import PERMISSIONS_OF
from accounts.roles import ROLES_OF, Role


class WrongRole(ValueError):
    """This kind of organisation has no such role."""


@dataclass(frozen=True)
class Difference:
    """Where guardian's rows differ from what the memberships say."""

    what: str
    group: str
    detail: str


def group_name(organisation_id: int, role: str) -> str:
    """The name of the group of everybody who holds this role there."""
    return f"{organisation_id}:{role}"


def grant(
    person: User,
    organisation: Organisation,
    role: str,
    *,
    on: date,
    until: date | None = None,
    by: User | None,
    stands_for: User | None = None,
) -> Membership:
    """A membership from `on` to before `until` (None: open end), and the group that goes with it.

    `stands_for` makes it a deputy's. Raises WrongRole; the database refuses a second one at the
    same time, granting oneself, and a deputy without an end.
    """
    if role not in ROLES_OF[organisation.kind]:
        raise WrongRole(f"{role} in {organisation.kind}")
    with transaction.atomic():
        membership = Membership.objects.create(
            person=person,
            organisation=organisation,
            role=role,
            during=DateRange(on, until),
            granted_by=by,
            stands_for=stands_for,
        )
        person.groups.add(group_of(organisation, role))
    return membership


def end(membership: Membership, *, on: date) -> None:
    """The membership ends with the day before `on`; its person leaves the group.

    One that has not begun by then covers no day at all. Whoever holds the role again later, as a
    deputy does, stays in the group: it opens nothing on the days between.
    """
    with transaction.atomic():
        begins = membership.during.lower
        membership.during = DateRange(begins, max(begins, on))
        membership.save(update_fields=["during"])
        same = {"organisation": membership.organisation_id, "role": membership.role}
        if not membership.person.memberships.filter(during__fully_gt=(None, on), **same).exists():
            name = group_name(membership.organisation_id, membership.role)
            membership.person.groups.remove(*Group.objects.filter(name=name))


def group_of(organisation: Organisation, role: str) -> Group:
    """The group of this role there, made with its permissions when it is missing."""
    group, new = Group.objects.get_or_create(name=group_name(organisation.pk, role))
    if new:
        OrganisationGroupPermission.objects.bulk_create(
            OrganisationGroupPermission(
                group=group, permission=permission, content_object=organisation
            )
            for permission in _permissions(PERMISSIONS_OF[Role(role)])
        )
    return group


def differences(on: date) -> Iterator[Difference]:
    """Every place where groups, their permissions and memberships in force disagree."""
    yield from _members_differ(on)
    yield from _grants_differ()


def _members_differ(on: date) -> Iterator[Difference]:
    expected = {
        (group_name(org, role), person)
        for org, role, person in Membership.objects.filter(during__contains=on).values_list(
            "organisation_id", "role", "person_id"
        )
    }
    actual = set(Group.objects.filter(user__isnull=False).values_list("name", "user"))
    for name, person in sorted(expected - actual):
        yield Difference("member missing", name, f"user {person}")
    for name, person in sorted(actual - expected - _dated(on)):
        yield Difference("member too many", name, f"user {person}")


def _dated(on: date) -> set[tuple[str, int]]:
    """Deputies, and those whose days lie ahead: in the group while the dates alone decide."""
    dated = Q(stands_for__isnull=False) | Q(during__startswith__gt=on)
    rows = Membership.objects.filter(dated).values_list("organisation_id", "role", "person_id")
    return {(group_name(org, role), person) for org, role, person in rows}


def _grants_differ() -> Iterator[Difference]:
    expected = {
        (name, int(name.split(":")[0]), codename)
        for name in Group.objects.values_list("name", flat=True)
        for codename in PERMISSIONS_OF.get(name.partition(":")[2], frozenset())
    }
    actual = set(
        OrganisationGroupPermission.objects.values_list(
            "group__name", "content_object_id", "permission__codename"
        )
    )
    for name, organisation, codename in sorted(expected - actual):
        yield Difference("grant missing", name, f"{codename} on {organisation}")
    for name, organisation, codename in sorted(actual - expected):
        yield Difference("grant too many", name, f"{codename} on {organisation}")


def _permissions(codenames: Iterable[str]) -> Iterable[DjangoPermission]:
    return DjangoPermission.objects.filter(
        content_type__app_label="accounts",
        content_type__model="organisation",
        codename__in=list(codenames),
    )
