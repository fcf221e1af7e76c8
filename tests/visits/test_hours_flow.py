"""A visit that is over: what the gate noted becomes hours, once somebody else confirms them."""

from datetime import timedelta
from types import SimpleNamespace

import pytest

from accounts.roles import Role
from casework.process import Refused
from casework.sweep import sweep
from tests import factories
from tests.visits import receiving as make
from tests.visits.asking import codes, hat, heard, over, state, used
from tests.visits.receiving import TODAY, at
from visits.flows import VisitFlow
from visits.flows.stages import S
from visits.models import Hours
from volunteers.models import Experience

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def test_a_visit_that_is_over_asks_for_its_hours(cast: SimpleNamespace) -> None:
    came, absent = make.helper(cast), make.helper(cast, "Пётр")
    visit = over(cast, came, absent)
    assert (visit.case.state, visit.active, used(visit.slot)) == (S.DONE, False, 2)
    assert visit.participations.get(volunteer=absent.person).state == "absent"
    VisitFlow.close(visit, by=hat(cast, Role.COORDINATOR), at=at(14), key=make.key())
    given = Hours.objects.get()
    assert (given.volunteer, given.minutes, given.confirmed_by) == (
        came.person,
        115,
        cast.coordinator,
    )
    noted = Experience.objects.get(source=f"part-{given.participation_id}")
    assert (noted.volunteer, noted.institution, noted.on) == (
        came.person,
        cast.house,
        make.TOMORROW,
    )


def test_nobody_confirms_their_own_hours(cast: SimpleNamespace) -> None:
    who = make.helper(cast)
    factories.member(cast.ngo.organisation, Role.COORDINATOR, who=who.person)
    visit = over(cast, who)
    own = factories.acting(who.person, TODAY, Role.COORDINATOR)
    with pytest.raises(Refused) as refused:
        VisitFlow.close(visit, by=own, at=at(14), key=make.key())
    assert (codes(refused), state(visit)) == (["own_hours"], S.DONE)


def test_hours_that_nobody_confirms_are_asked_for_once(cast: SimpleNamespace) -> None:
    visit = over(cast, make.helper(cast))
    late = at(14) + timedelta(days=9)
    assert (sweep(late), sweep(late)) == (1, 0)
    assert heard(visit, "visit_escalate_hours", cast) == make.ids([cast.coordinator, cast.head])
