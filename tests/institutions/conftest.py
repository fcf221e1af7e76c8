"""A house with its director, an NGO with its head, and a Department that hears."""

from collections.abc import Iterator
from types import SimpleNamespace

import pytest
import time_machine

from accounts.roles import Role
from tests import factories
from tests.institutions.doing import NOON


@pytest.fixture
def cast(db: None) -> SimpleNamespace:
    """One institution for children and one NGO registered for T01 and T05, with their people."""
    house, ngo = factories.institution(), factories.ngo()
    department = factories.department()
    return SimpleNamespace(
        house=house,
        site=house.sites.get(),
        ngo=ngo,
        department=department,
        director=factories.member(house.organisation, Role.DIRECTOR),
        desk=factories.member(house.organisation, Role.DESK),
        head=factories.member(ngo.organisation, Role.HEAD),
        coordinator=factories.member(ngo.organisation, Role.COORDINATOR),
        registrar=factories.member(department, Role.REGISTRAR),
    )


@pytest.fixture
def clock() -> Iterator[None]:
    """It is noon of the Monday on which the tests begin."""
    with time_machine.travel(NOON, tick=False):
        yield
