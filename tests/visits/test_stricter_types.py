"""What a change of the catalogue does to visits and agreements: shown, then settled."""

from collections.abc import Iterator
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
import time_machine

from accounts.hats import Acting
from casework import ripple
from casework.models import Notice
from casework.parameters import rules_on
from casework.process import Ask, Refused
from registry.catalogue.content import of_type
from registry.catalogue.proposing import Draft, propose
from registry.flows import TypeChangeFlow as Flow
from registry.models import Type, TypeChange, TypeVersion
from registry.queries.types import newest
from tests import factories
from tests.visits import asking
from tests.visits import receiving as make
from tests.visits.receiving import NOON, TODAY, TOMORROW
from visits.flows import VisitFlow
from visits.models import Visit

pytestmark = pytest.mark.django_db
W = TypeChange.What
NEXT = TOMORROW + timedelta(days=7)
SOON = TOMORROW + timedelta(days=1)


@pytest.fixture
def cast() -> Iterator[SimpleNamespace]:
    with time_machine.travel(NOON, tick=False):
        yield make.house()


def officer() -> Acting:
    return factories.acting(factories.registrar(), TODAY)


def proposed(what: str = W.VERSION, **fields: Any) -> TypeChange:
    type_ = Type.objects.get(code="T01")
    content = {} if what == W.RETIREMENT else of_type(newest(type_.pk)) | fields
    draft = Draft(what, SOON, "Решение рабочей группы", content)
    return propose(type_, draft, by=officer(), at=NOON, key=make.key())


def touched(change: TypeChange) -> list[ripple.Touched]:
    ask: Ask[Any] = Ask(change, officer(), NOON, rules_on(TODAY))
    return ripple.touched_by("type_change", ask)


def approve(change: TypeChange) -> None:
    confirmed = ripple.digest(touched(change))
    by, key = officer(), make.key()
    Flow.approve(change, by=by, at=NOON, key=key, confirmed=confirmed)


def states(*visits: Visit) -> list[tuple[str, int]]:
    again = [make.again(one) for one in visits]
    return [(one.case.state, one.participations.filter(coming=True).count()) for one in again]


def test_a_higher_tier_takes_off_who_lacks_it_from_its_day(cast: SimpleNamespace) -> None:
    ready, other = make.helper(cast, "Анна", tier="V3"), make.helper(cast, "Борис")
    before = make.booked(cast, other)
    both = make.booked(cast, ready, other, on=NEXT)
    alone = make.booked(cast, other, hour=16, on=NEXT)
    change = proposed(tier="V3")
    assert {(one.id, one.people) for one in touched(change)} == {
        (both.case.ref, 1),
        (alone.case.ref, 1),
    }
    approve(change)
    assert states(before, both, alone) == [("approved", 1), ("approved", 1), ("cancelled", 1)]
    assert both.participations.get(volunteer=other.person).coming is False
    assert make.told(alone, "visit_displace") != []
    assert make.told(both, "visit_take_off") != []


def test_what_holds_on_goes_by_the_new_version(cast: SimpleNamespace) -> None:
    ready = make.helper(cast, "Анна", tier="V3")
    before, after = make.booked(cast, ready), make.booked(cast, ready, on=NEXT)
    change = proposed(tier="V3")
    assert touched(change) == []
    approve(change)
    numbers = [make.again(one).type_version.number for one in (before, after)]
    assert numbers == [1, 2]
    assert states(after) == [("approved", 1)]


def test_a_milder_version_breaks_nothing(cast: SimpleNamespace) -> None:
    visit = make.booked(cast, make.helper(cast), on=NEXT)
    change = proposed(tier="V1")
    assert touched(change) == []
    approve(change)
    assert states(visit) == [("approved", 1)]


def test_a_retired_type_cancels_its_visits_and_names_its_agreements(cast: SimpleNamespace) -> None:
    one = make.helper(cast)
    before, after = make.booked(cast, one), make.booked(cast, one, on=NEXT)
    change = proposed(W.RETIREMENT)
    deal = after.agreement
    assert {seen.id for seen in touched(change)} == {deal.case.ref, after.case.ref}
    with pytest.raises(Refused) as refused:
        Flow.approve(change, by=officer(), at=NOON, key=make.key())
    assert [objection.code for objection in refused.value.objections] == ["touched"]
    assert states(after) == [("approved", 1)]
    approve(change)
    assert [state for state, _people in states(before, after)] == ["approved", "cancelled"]
    told = Notice.objects.filter(kind="agreement_type_gone", case=deal.case)
    sides = {cast.coordinator.pk, cast.head.pk, cast.director.pk, cast.desk.pk}
    assert set(told.values_list("person", flat=True)) == sides
    deal.case.refresh_from_db()
    assert deal.case.state == "active"


def test_nothing_of_a_retired_type_is_booked_for_its_days(cast: SimpleNamespace) -> None:
    one = make.helper(cast)
    approve(proposed(W.RETIREMENT))
    with pytest.raises(Refused, match="такой вид взаимодействия выбрать нельзя"):
        make.request(cast, one, on=NEXT)
    assert make.request(cast, one).case.state == "requested"


def test_a_type_not_meant_for_the_kind_any_more_cancels_there(cast: SimpleNamespace) -> None:
    visit = make.booked(cast, make.helper(cast), on=NEXT)
    change = proposed(kinds=["D", "P"])
    assert len(touched(change)) == len([visit, visit.agreement])
    approve(change)
    assert [state for state, _people in states(visit)] == ["cancelled"]


def test_an_offered_time_is_judged_by_its_own_day(cast: SimpleNamespace) -> None:
    one = make.helper(cast)
    visit = make.request(cast, one)
    other = make.slot(cast, 16, on=NEXT)
    names = {"slot": str(other.pk), "supervisor": str(cast.desk.pk), "reason": "В 11 концерт"}
    asking.take(VisitFlow.move, visit, asking.hat(cast, "desk"), **names)
    change = proposed(tier="V3")
    assert [seen.id for seen in touched(change)] == [visit.case.ref]
    approve(change)
    assert [state for state, _people in states(visit)] == ["cancelled"]


def test_a_procedure_touches_no_visit(cast: SimpleNamespace) -> None:
    make.booked(cast, make.helper(cast), on=NEXT)
    step = dict.fromkeys(
        ["actor_ru", "actor_en", "action_ru", "action_en", "evidence_ru", "evidence_en"], "слово"
    )
    draft = Draft(W.PROCEDURE, SOON, "Первый порядок", {"steps": [step]})
    type_ = Type.objects.get(code="T01")
    change = propose(type_, draft, by=officer(), at=NOON, key=make.key())
    assert touched(change) == []
    approve(change)
    assert TypeVersion.objects.filter(type=type_).count() == 1
