"""What stands in the way of booking: each rule, and the list of times held to them all."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from types import SimpleNamespace

import pytest
import time_machine

from accounts.roles import Role
from casework.engine import open_case
from casework.process import Refused
from institutions.models import Agreement, GuestMode, Slot
from registry.flows import SuspensionFlow
from registry.models import Registration, Suspension
from tests import factories
from tests.institutions import doing
from tests.visits import receiving as make
from tests.visits.asking import (
    another_house,
    book_as,
    close,
    codes,
    hat,
    objections,
    take,
    volunteer_of,
)
from tests.visits.receiving import NOON, TODAY, TOMORROW
from tests.volunteers import making
from visits.flows import VisitFlow
from visits.flows.stages import S
from visits.models import Visit
from visits.plans import COUNTED
from visits.queries.times import seeker, times
from volunteers.models import Volunteer

pytestmark = pytest.mark.django_db
MONTH = timedelta(days=30)
Case = Callable[[SimpleNamespace, Volunteer], None]


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def cast() -> SimpleNamespace:
    return make.house()


def nothing(cast: SimpleNamespace, who: Volunteer) -> None:
    """Everything fits."""


def shut(cast: SimpleNamespace, who: Volunteer) -> None:
    close(cast)


def full(cast: SimpleNamespace, who: Volunteer) -> None:
    Slot.objects.filter(site=cast.site).update(capacity=1)
    make.request(cast, make.helper(cast, "Пётр"))


def withdrawn(cast: SimpleNamespace, who: Volunteer) -> None:
    Slot.objects.filter(site=cast.site).update(withdrawn_at=NOON)


def long_notice(cast: SimpleNamespace, who: Volunteer) -> None:
    GuestMode.objects.filter(site=cast.site).update(notice_hours=48)


def other_types(cast: SimpleNamespace, who: Volunteer) -> None:
    GuestMode.objects.get(site=cast.site).types.set([doing.type_("T05")])


def this_type(cast: SimpleNamespace, who: Volunteer) -> None:
    GuestMode.objects.get(site=cast.site).types.set([doing.type_("T01")])


def agreement_over(cast: SimpleNamespace, who: Volunteer) -> None:
    Agreement.objects.update(ended_on=TODAY)


def not_registered(cast: SimpleNamespace, who: Volunteer) -> None:
    Registration.objects.filter(ngo=cast.ngo).update(withdrawn_on=TOMORROW)


def suspended(cast: SimpleNamespace, who: Volunteer) -> None:
    _suspend(cast, type_id=doing.type_("T01"))


def other_type_suspended(cast: SimpleNamespace, who: Volunteer) -> None:
    _suspend(cast, type_id=doing.type_("T05"))


def busy(cast: SimpleNamespace, who: Volunteer) -> None:
    make.request(another_house(cast), _cleared_there(cast, who))


def declined(cast: SimpleNamespace, who: Volunteer) -> None:
    elsewhere = make.request(another_house(cast), _cleared_there(cast, who))
    take(VisitFlow.decline, elsewhere, volunteer_of(who), reason="")


def week_taken(cast: SimpleNamespace, who: Volunteer) -> None:
    Agreement.objects.update(visits_a_week=1)
    make.request(cast, make.helper(cast, "Пётр"), hour=16)


def week_withdrawn(cast: SimpleNamespace, who: Volunteer) -> None:
    Agreement.objects.update(visits_a_week=1)
    other = make.request(cast, make.helper(cast, "Пётр"), hour=16)
    take(VisitFlow.withdraw, other, hat(cast, Role.COORDINATOR), reason="")


def next_week_taken(cast: SimpleNamespace, who: Volunteer) -> None:
    Agreement.objects.update(visits_a_week=1)
    make.request(cast, make.helper(cast, "Пётр"), on=TOMORROW + timedelta(days=7))


CASES: list[tuple[Case, list[str]]] = [
    (nothing, []),
    (shut, ["shut"]),
    (full, ["full"]),
    (withdrawn, ["withdrawn"]),
    (long_notice, ["notice"]),
    (other_types, ["type"]),
    (this_type, []),
    (agreement_over, ["no_agreement"]),
    (not_registered, ["no_agreement"]),
    (suspended, ["suspended"]),
    (other_type_suspended, []),
    (busy, ["busy"]),
    (declined, []),
    (week_taken, ["week"]),
    (week_withdrawn, []),
    (next_week_taken, []),
]


@pytest.mark.parametrize(
    ("arrange", "expected"), CASES, ids=lambda one: getattr(one, "__name__", "")
)
def test_the_rules_and_the_list_of_times_say_the_same(
    cast: SimpleNamespace, arrange: Case, expected: list[str]
) -> None:
    who = make.helper(cast)
    slot = make.slot(cast)
    arrange(cast, who)
    assert objections(who, cast, slot) == expected
    for by in (volunteer_of(who), hat(cast, Role.COORDINATOR)):
        again = Slot.objects.get(pk=slot.pk)
        found = times(seeker(by), NOON, NOON + timedelta(days=2), slot=again)
        listed = any(one.type.code == "T01" for time in found for one in time.fits)
        # A coordinator's list does not know yet who will come.
        possible = not expected if by.role == Role.VOLUNTEER else expected in ([], ["busy"])
        assert listed == possible


def test_a_time_not_cleared_for_is_listed_with_what_is_missing(cast: SimpleNamespace) -> None:
    who = making.volunteer(cast.ngo.organisation)
    making.clear(who, "V2", institution=cast.house, on=TODAY, without=["test", "interview"])
    assert objections(who, cast, make.slot(cast)) == ["not_cleared", "not_cleared"]
    (time,) = times(seeker(volunteer_of(who)), NOON, NOON + MONTH, slot=make.slot(cast))
    assert time.fits == []
    kept = next(one for one in time.kept if one.version.type.code == "T01")
    assert [one.requirement.code for one in kept.missing] == ["test", "interview"]


def test_an_induction_counts_only_where_it_was_given(cast: SimpleNamespace) -> None:
    other, who = another_house(cast), make.helper(cast)
    judged = {
        time.slot.institution_id: [one.type.code for one in time.fits]
        for time in times(seeker(volunteer_of(who)), NOON, NOON + timedelta(days=2))
    }
    assert judged == {cast.house.pk: ["T01", "T05", "T08"], other.house.pk: []}


def test_a_clearance_that_ends_before_the_visit_is_not_enough(cast: SimpleNamespace) -> None:
    who = making.volunteer(cast.ngo.organisation)
    making.clear(who, "V2", institution=cast.house, on=TODAY, without=["fluorography"])
    making.give(who, "fluorography", on=TODAY - timedelta(days=340))
    soon, later = make.slot(cast), make.slot(cast, on=TOMORROW + timedelta(days=35))
    assert objections(who, cast, soon) == []
    assert objections(who, cast, later) == ["not_cleared"]
    found = times(seeker(volunteer_of(who)), NOON, NOON + MONTH * 2)
    fits = {time.slot.pk: bool(time.fits) for time in found}
    assert (fits[soon.pk], fits[later.pk]) == (True, False)


@pytest.mark.parametrize(("people", "expected"), [(0, ["nobody"]), (2, []), (3, ["people"])])
def test_a_visit_has_people_and_not_too_many(
    cast: SimpleNamespace, people: int, expected: list[str]
) -> None:
    Agreement.objects.update(people_a_visit=2)
    named = [make.helper(cast, name) for name in ("Анна", "Пётр", "Вера")[:people]]
    try:
        make.request(cast, *named)
        found = []
    except Refused as refused:
        found = [one.code for one in refused.objections]
    assert found == expected


def test_only_people_of_the_ngo_are_named(cast: SimpleNamespace) -> None:
    stranger = making.volunteer(factories.ngo().organisation)
    making.clear(stranger, "V2", institution=cast.house, on=TODAY)
    with pytest.raises(Refused) as refused:
        make.request(cast, stranger)
    assert codes(refused) == ["strangers"]
    assert str(stranger.person) not in str(refused.value)


def test_a_volunteer_books_for_themselves_only(cast: SimpleNamespace) -> None:
    who, other = make.helper(cast), make.helper(cast, "Пётр")
    with pytest.raises(Refused) as refused:
        book_as(who, cast, people=[other.person.pk])
    assert codes(refused) == ["not_yours"]
    assert Visit.objects.count() == 0


def test_a_coordinator_books_for_their_own_ngo_only(cast: SimpleNamespace) -> None:
    who, other = make.helper(cast), factories.ngo()
    foreign = factories.member(other.organisation, Role.COORDINATOR)
    with pytest.raises(Refused) as refused:
        book_as(who, cast, by=factories.acting(foreign, TODAY, Role.COORDINATOR))
    assert codes(refused)[0] == "not_yours"


def test_every_reason_is_said_at_once(cast: SimpleNamespace) -> None:
    slot, who = make.slot(cast), make.helper(cast, tier="")
    making.clear(who, "V2", institution=cast.house, on=TODAY, without=["test"])
    long_notice(cast, who)
    suspended(cast, who)
    with pytest.raises(Refused) as refused:
        book_as(who, cast, slot=slot)
    assert codes(refused) == ["suspended", "notice", "not_cleared"]
    dated = {one.code: one.clears_on for one in refused.value.objections}
    assert dated["suspended"] == TOMORROW + timedelta(days=10)


def test_what_was_promised_outlives_a_longer_notice(cast: SimpleNamespace) -> None:
    visit = make.request(cast, make.helper(cast))
    GuestMode.objects.filter(site=cast.site).update(notice_hours=72)
    Slot.objects.filter(pk=visit.slot_id).update(withdrawn_at=NOON)
    assert make.approve(cast, visit).case.state == S.APPROVED


def test_the_states_that_count_in_a_week_are_states_of_a_visit() -> None:
    endings = {S.REFUSED, S.WITHDRAWN, S.LAPSED, S.CANCELLED}
    assert set(COUNTED) == set(S) - endings - {S.DRAFT}


def _cleared_there(cast: SimpleNamespace, who: Volunteer) -> Volunteer:
    for house in {one.institution for one in Agreement.objects.select_related("institution")}:
        making.give(who, "induction", on=TODAY, institution=house)
    return who


def _suspend(cast: SimpleNamespace, type_id: int) -> None:
    registrar = factories.acting(factories.registrar(), TODAY)
    case = open_case(SuspensionFlow, owner=factories.department(), by=registrar.user, at=NOON)
    detail = Suspension.objects.create(
        case=case,
        ngo=cast.ngo,
        type_id=type_id,
        from_on=TODAY,
        through_on=TOMORROW + timedelta(days=9),
    )
    SuspensionFlow.suspend(detail, by=registrar, at=NOON, key=make.key(), reason="Проверка")
