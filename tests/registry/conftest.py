"""The people whom most tests of a registration need."""

import pytest

from accounts.hats import Acting
from tests.registry.applicants import Applicant, applicant, registrar


@pytest.fixture
def one() -> Acting:
    """A registrar."""
    return registrar()


@pytest.fixture
def two() -> Acting:
    """Another registrar: four eyes."""
    return registrar()


@pytest.fixture
def ngo(one: Acting, two: Acting) -> Applicant:
    """An NGO whose application says everything and is not sent yet."""
    return applicant()
