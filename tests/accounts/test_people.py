"""Who a person is and where they belong: the database keeps the rules."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from accounts.models import Membership, Organisation, User
from accounts.roles import ROLES_OF, Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna() -> User:
    return User.objects.create_user("Anna@Example.org", given_name="Анна", family_name="Белова")


@pytest.fixture
def opora() -> Organisation:
    return Organisation.objects.create(
        ref="opora", kind="ngo", name="АНО «Опора»", short_name="Опора"
    )


def member(person: User, organisation: Organisation, first: str, last: str | None) -> Membership:
    during = DateRange(date.fromisoformat(first), last and date.fromisoformat(last))
    return Membership.objects.create(
        person=person, organisation=organisation, role=Role.COORDINATOR, during=during
    )


def test_an_address_is_one_person_in_any_spelling(anna: User) -> None:
    assert anna.email == "anna@example.org"
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create(email="ANNA@example.org")
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create_user("anna@EXAMPLE.org")


def test_a_role_is_held_once_at_a_time(anna: User, opora: Organisation) -> None:
    member(anna, opora, "2026-01-01", "2026-06-01")
    member(anna, opora, "2026-06-01", None)
    with pytest.raises(IntegrityError), transaction.atomic():
        member(anna, opora, "2026-05-31", "2026-06-02")


def test_nobody_grants_a_membership_to_themselves(anna: User, opora: Organisation) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(
            person=anna,
            organisation=opora,
            role=Role.HEAD,
            during=DateRange(date(2026, 1, 1), None),
            granted_by=anna,
        )


def test_every_role_belongs_to_one_kind_of_organisation() -> None:
    named = [role for roles in ROLES_OF.values() for role in roles]
    assert sorted(named) == sorted(Role)


def test_nobody_signs_up_uninvited(client) -> None:
    answer = client.post(
        "/accounts/signup/",
        {"email": "x@example.org", "password1": "a-long-secret-1", "password2": "a-long-secret-1"},
    )
    assert answer.status_code == 200
    assert not User.objects.exists()
