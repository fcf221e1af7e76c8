"""The day on which these tests open pages, and the people whom most of them need."""

from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client

from accounts.models import Organisation
from accounts.roles import Role
from registry.models import Institution
from tests.accounts.sessions import signed_in
from tests.factories import department, institution, member, ngo
from tests.volunteers.making import NOON, volunteer
from volunteers.models import Volunteer


@pytest.fixture
def at_noon() -> Iterator[None]:
    """It is noon on 8 July 2026, and stays so."""
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def home() -> Organisation:
    """An NGO; the Department is there too."""
    department()
    return ngo("Рядом").organisation


@pytest.fixture
def house() -> Institution:
    return institution("Липовая аллея")


@pytest.fixture
def anna(home: Organisation) -> Volunteer:
    return volunteer(home)


@pytest.fixture
def coordinator(home: Organisation) -> Client:
    return signed_in(member(home, Role.COORDINATOR))


@pytest.fixture
def checker() -> Client:
    return signed_in(member(department(), Role.CHECKER), "mfa")
