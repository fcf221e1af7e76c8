"""Something more is asked: who is told in time, and what visits lose on its day."""

from collections.abc import Iterator
from datetime import timedelta
from types import SimpleNamespace

import pytest
import time_machine

from casework.models import Notice
from casework.process import Refused
from casework.sweep import sweep
from tests.visits import receiving as make
from tests.visits.receiving import NOON, TOMORROW
from tests.volunteers import demanding
from tests.volunteers.demanding import FIRST_AID, approve, proposed, touched
from tests.volunteers.making import give, key
from visits.models import Visit
from volunteers.flows.requirement import RequirementFlow
from volunteers.models import RequirementChange

pytestmark = pytest.mark.django_db
NEXT = TOMORROW + timedelta(days=7)
SOON = TOMORROW + timedelta(days=1)
ON_ITS_DAY = make.at(0, 5, on=SOON)


@pytest.fixture
def cast() -> Iterator[SimpleNamespace]:
    with time_machine.travel(NOON, tick=False):
        yield make.house()


def stands(visit: Visit) -> tuple[str, int]:
    now = make.again(visit)
    return now.case.state, now.participations.filter(coming=True).count()


def new(tier: str = "V2") -> RequirementChange:
    return proposed(FIRST_AID, tier, on=SOON)


def test_every_coming_visit_it_breaks_is_named_before_it_is_approved(
    cast: SimpleNamespace,
) -> None:
    anna, boris = make.helper(cast, "Анна"), make.helper(cast, "Борис")
    make.booked(cast, anna)
    both = make.booked(cast, anna, boris, on=NEXT)
    alone = make.booked(cast, boris, hour=16, on=NEXT)
    change = new()
    shown = {(one.id, one.people) for one in touched(change)}
    assert shown == {(both.case.ref, 2), (alone.case.ref, 1)}
    with pytest.raises(Refused) as refused:
        RequirementFlow.approve(change, by=demanding.officer(), at=NOON, key=key())
    assert [one.code for one in refused.value.objections] == ["touched"]


def test_whoever_is_touched_is_told_at_once_and_stays_on_the_visit_meanwhile(
    cast: SimpleNamespace,
) -> None:
    anna = make.helper(cast, "Анна")
    visits = [make.booked(cast, anna, on=NEXT), make.booked(cast, anna, hour=16, on=NEXT)]
    approve(new())
    told = Notice.objects.get(kind="requirement_ahead")
    assert told.person_id == anna.pk
    assert len(told.values["visits"]) == len(visits)
    assert [stands(one) for one in visits] == [("approved", 1)] * 2
    heads = Notice.objects.filter(kind="requirement_change_approve", person=cast.head)
    assert heads.count() == 1


def test_on_its_day_whoever_has_it_comes_and_whoever_lacks_it_is_taken_off(
    cast: SimpleNamespace,
) -> None:
    anna, boris = make.helper(cast, "Анна"), make.helper(cast, "Борис")
    both = make.booked(cast, anna, boris, on=NEXT)
    alone = make.booked(cast, boris, hour=16, on=NEXT)
    change = approve(new())
    give(anna, change.requirement.code)
    for _ in range(3):
        sweep(ON_ITS_DAY)
    assert stands(both) == ("approved", 1)
    assert both.participations.get(coming=True).volunteer_id == anna.pk
    assert stands(alone) == ("cancelled", 1)
    assert demanding.again(change).case.state == "in_force"
    assert make.told(alone, "visit_displace") != []


def test_nobody_who_lacks_it_is_booked_for_its_days(
    cast: SimpleNamespace,
) -> None:
    anna = make.helper(cast, "Анна")
    approve(new())
    with pytest.raises(Refused) as refused:
        make.request(cast, anna, on=NEXT)
    assert [one.code for one in refused.value.objections] == ["not_cleared"]
    assert make.request(cast, anna).case.state == "requested"


def test_what_is_asked_no_longer_touches_no_visit(cast: SimpleNamespace) -> None:
    visit = make.booked(cast, make.helper(cast), on=NEXT)
    change = proposed("risk", "", on=SOON)
    assert touched(change) == []
    approve(change)
    sweep(ON_ITS_DAY)
    assert stands(visit) == ("approved", 1)
