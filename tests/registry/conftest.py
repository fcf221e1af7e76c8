"""The people whom most tests of a registration need."""

import pytest

from accounts.hats import Acting
from registry.flows import RegistrationFlow
from tests.registry.applicants import NOW, Applicant, applicant, commissioner, in_review, registrar


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


@pytest.fixture
def vera(one: Acting) -> Acting:
    return commissioner()


@pytest.fixture
def refused(ngo: Applicant, one: Acting, two: Acting) -> Applicant:
    """Checked by one registrar, refused by the other."""
    in_review(ngo, one)
    RegistrationFlow.refuse(ngo.application, by=two, at=NOW, key="no", reason="Мало опыта")
    ngo.state()
    return ngo
