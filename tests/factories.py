"""Minimal valid things for tests; states are reached by taking steps, never by writing them."""

import itertools
from datetime import date
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange

from accounts.hats import Acting, acting_as
from accounts.memberships import grant
from accounts.models import Organisation, User
from accounts.roles import Role
from registry.models import (
    Approved,
    District,
    Institution,
    Kind,
    Ngo,
    Registration,
    Site,
    Type,
    TypeVersion,
)

_numbers = itertools.count(1)
LONG_AGO = date(2024, 1, 1)


def person(name: str = "Анна", **fields: Any) -> User:
    """Somebody with a mail address of their own."""
    number = next(_numbers)
    return User.objects.create_user(
        f"person{number}@example.org", given_name=name, family_name=f"Тестова-{number}", **fields
    )


def department() -> Organisation:
    """The Department; there is one."""
    found, _ = Organisation.objects.get_or_create(
        ref="department", kind="department", defaults={"name": "Департамент", "short_name": "ДТСЗН"}
    )
    return found


def organisation(kind: str, name: str = "") -> Organisation:
    """An organisation without details."""
    number = next(_numbers)
    name = name or f"Организация {number}"
    return Organisation.objects.create(
        ref=f"{kind}-{number}", kind=kind, name=name, short_name=name
    )


def institution(name: str = "", kind: str = "C") -> Institution:
    """An institution of a kind, with one site."""
    made = Institution.objects.create(
        organisation=organisation("institution", name),
        kind=Kind.objects.get(code=kind),
        beds=60,
    )
    Site.objects.create(
        institution=made, name="Главный корпус", district=District.objects.order_by("pk")[0]
    )
    return made


def ngo(name: str = "", types: tuple[str, ...] = ("T01", "T05")) -> Ngo:
    """An NGO registered for these types in every kind of institution they fit."""
    made = Ngo.objects.create(organisation=organisation("ngo", name))
    registration = Registration.objects.create(
        ngo=made, number=f"R-{next(_numbers)}", during=DateRange(LONG_AGO, date(2034, 1, 1))
    )
    for code in types:
        version = TypeVersion.objects.filter(type__code=code).latest("number")
        Approved.objects.bulk_create(
            Approved(registration=registration, type=Type.objects.get(code=code), kind=kind)
            for kind in version.kinds.all()
        )
    return made


def member(org: Organisation, role: str, *, on: date = LONG_AGO, who: User | None = None) -> User:
    """A person with a role there since long ago."""
    somebody = who or person()
    grant(somebody, org, role, on=on, by=None)
    return somebody


def acting(somebody: User, on: date = date(2026, 11, 2), role: str = "") -> Acting:
    """That person in their hat of this role (or their first)."""
    hat = somebody.memberships.filter(role=role).values_list("pk", flat=True).first()
    return acting_as(somebody, hat, on)


def registrar() -> User:
    """A registrar of the Department."""
    return member(department(), Role.REGISTRAR)
