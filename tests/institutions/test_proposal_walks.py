"""No sequence of steps leaves a proposal without an owner and a date."""

from types import SimpleNamespace

import pytest

from accounts.roles import Role
from registry.models import Registration
from tests import factories
from tests.institutions.doing import TODAY, days
from tests.institutions.walking import walk


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(10))
def test_wherever_it_goes_a_proposal_has_an_owner_and_a_date(
    cast: SimpleNamespace, seed: int
) -> None:
    cast.commissioner = factories.member(cast.department, Role.COMMISSIONER)
    if seed % 3 == 2:
        Registration.objects.filter(ngo=cast.ngo).update(withdrawn_on=TODAY - days(1))
    assert len(walk(cast, seed)) == 14
