"""`check_access` finds every difference between guardian's rows and the memberships."""

import json
from datetime import timedelta
from importlib import import_module
from io import StringIO
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone

from accounts.memberships import end, group_of
from accounts.models import Membership, OrganisationGroupPermission, User
from accounts.permissions import Permission
from accounts.roles import Role
from tests.factories import LONG_AGO, member, organisation, person

pytestmark = pytest.mark.django_db


def checked() -> tuple[int, Any]:
    out, code = StringIO(), 0
    try:
        call_command("check_access", "--json", stdout=out)
    except SystemExit as left:
        code = int(str(left.code))
    return code, json.loads(out.getvalue())


def found() -> list[str]:
    code, answer = checked()
    assert code == (1 if answer["differences"] else 0)
    return [one["what"] for one in answer["differences"]]


@pytest.fixture
def head() -> User:
    return member(organisation("ngo"), Role.HEAD)


def test_nothing_differs_after_granting_and_ending(head: User) -> None:
    assert checked() == (0, {"ok": True, "differences": []})
    end(head.memberships.get(), on=timezone.localdate())
    assert found() == []


def test_a_membership_that_ran_out_by_its_date_is_named(head: User) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    Membership.objects.filter(person=head).update(during=DateRange(LONG_AGO, yesterday))
    assert found() == ["member too many"]


def test_somebody_left_out_of_the_group_is_named(head: User) -> None:
    head.groups.clear()
    assert found() == ["member missing"]


def test_a_stray_member_is_named(head: User) -> None:
    person().groups.add(group_of(head.memberships.get().organisation, Role.HEAD))
    assert found() == ["member too many"]


def test_a_removed_grant_is_named(head: User) -> None:
    OrganisationGroupPermission.objects.filter(permission__codename=Permission.LEAD).delete()
    assert found() == ["grant missing"]


def test_a_stray_grant_is_named(head: User) -> None:
    given = OrganisationGroupPermission.objects.get(permission__codename=Permission.LEAD)
    given.content_object = organisation("ngo")
    given.pk = None
    given.save()
    assert found() == ["grant too many"]


def test_a_deactivated_person_keeps_their_place_but_no_hat(head: User) -> None:
    User.objects.filter(pk=head.pk).update(is_active=False)
    assert found() == []


def test_people_read_it_too(head: User) -> None:
    head.groups.clear()
    out = StringIO()
    with pytest.raises(SystemExit):
        call_command("check_access", stdout=out)
    group = f"{head.memberships.get().organisation_id}:head"
    assert out.getvalue() == f"member missing: {group}, user {head.pk}\n1 differences.\n"


def test_groups_of_before_get_the_permission_that_came_later() -> None:
    department = organisation("department")
    member(department, Role.CHIEF)
    member(department, Role.REGISTRAR)
    later = OrganisationGroupPermission.objects.filter(permission__codename=Permission.REVIEW)
    assert later.delete()[0] == 1
    assert found() == ["grant missing"]
    import_module("accounts.migrations.0006_review_for_groups").grant(apps, None)
    assert (found(), later.count()) == ([], 1)
