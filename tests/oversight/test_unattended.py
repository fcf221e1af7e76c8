"""A case that nobody can decide is found by its dates, listed, and handed on once a day."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.utils import timezone

from accounts import memberships
from accounts.models import User
from accounts.roles import Role
from casework.absences import Days, go_away
from casework.deciders import AWAY, NOBODY, OWN, who_may_move, without_decider
from casework.models import Case
from casework.parties import DEPARTMENT, Depends, Members, Opener, TheClock, ThePeople
from casework.process import Flow
from casework.seats import leaves
from institutions.flows import AgreementFlow
from institutions.models import Agreement
from tests import factories as make
from tests.oversight.world import long_ago, of_the_department, offered, told
from visits.flows import ConcernFlow

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def house(db: None) -> SimpleNamespace:
    """A house with a director and a desk, to which an NGO has offered an agreement."""
    made = SimpleNamespace(house=make.institution("Липовая аллея"))
    made.org = made.house.organisation
    made.director = make.member(made.org, Role.DIRECTOR)
    made.desk = make.member(made.org, Role.DESK)
    made.deal = again(offered(timezone.now() - 2 * DAY, made.house))
    return made


def again(deal: Agreement) -> Agreement:
    """As it stands now."""
    return Agreement.objects.select_related("case").get(pk=deal.pk)


def today() -> Any:
    return timezone.localdate()


def stuck() -> list[tuple[str, tuple[str, ...]]]:
    return [(one.case.ref, one.whys) for one in without_decider(today(), Case.objects.all())]


def leave(person: User) -> None:
    memberships.end(person.memberships.get(), on=today())


def away(person: User, days: int = 5, **more: Any) -> None:
    held, now = person.memberships.get(), timezone.now()
    go_away(held, Days(today(), today() + days * DAY), by=person, at=now, **more)


class TestACaseIsListed:
    def test_not_while_the_director_is_here(self, house: SimpleNamespace) -> None:
        assert stuck() == []
        assert list(who_may_move(house.deal, today())) == [house.director]

    def test_when_the_only_director_has_left(self, house: SimpleNamespace) -> None:
        leave(house.director)
        assert stuck() == [(house.deal.case.ref, (NOBODY,))]
        assert list(who_may_move(house.deal, today())) == []

    def test_when_the_only_director_is_away_and_not_before_or_after(
        self, house: SimpleNamespace
    ) -> None:
        away(house.director)
        assert stuck() == [(house.deal.case.ref, (AWAY,))]
        days = [today() - DAY, today(), today() + 5 * DAY, today() + 6 * DAY]
        found = [len(without_decider(day, Case.objects.all())) for day in days]
        assert found == [0, 1, 1, 0]

    def test_when_the_director_is_no_longer_active(self, house: SimpleNamespace) -> None:
        User.objects.filter(pk=house.director.pk).update(is_active=False)
        assert stuck() == [(house.deal.case.ref, (NOBODY,))]

    def test_no_longer_once_a_deputy_stands_in(self, house: SimpleNamespace) -> None:
        away(house.director, deputy=house.desk)
        assert stuck() == []
        assert list(who_may_move(house.deal, today())) == [house.desk]

    def test_again_when_the_deputy_is_away_too(self, house: SimpleNamespace) -> None:
        away(house.director, deputy=house.desk)
        desk = house.desk.memberships.get(role=Role.DESK)
        go_away(desk, Days(today(), today()), by=house.desk, at=timezone.now())
        assert stuck() == [(house.deal.case.ref, (AWAY,))]

    def test_not_for_an_absence_elsewhere(self, house: SimpleNamespace) -> None:
        other = make.institution().organisation
        make.member(other, Role.DESK, who=house.director)
        held = house.director.memberships.get(organisation=other)
        go_away(held, Days(today(), today()), by=house.director, at=timezone.now())
        assert stuck() == []

    def test_when_the_only_one_who_could_decide_asked_for_it(self) -> None:
        concern = told(timezone.now())
        only = of_the_department(Role.AUDITOR)
        assert stuck() == []
        Case.objects.filter(pk=concern.pk).update(opened_by=only)
        assert stuck() == [(concern.case.ref, (OWN,))]

    def test_when_the_only_one_who_could_decide_is_whom_it_is_about(self) -> None:
        concern = told(timezone.now())
        concern.case.concerned.create(person=of_the_department(Role.AUDITOR))
        assert stuck() == [(concern.case.ref, (OWN,))]

    def test_when_the_only_one_who_could_decide_belongs_to_the_asking_side(self) -> None:
        concern = told(timezone.now())
        ngo = make.organisation("ngo")
        Case.objects.filter(pk=concern.pk).update(asker=ngo)
        make.member(ngo, Role.VOLUNTEER, who=of_the_department(Role.AUDITOR))
        assert stuck() == [(concern.case.ref, (OWN,))]

    def test_not_once_it_is_decided(self, house: SimpleNamespace) -> None:
        by = make.acting(house.director, today())
        AgreementFlow.decline(
            house.deal, by=by, at=timezone.now(), key="k", code="R6", reason="Нет места"
        )
        leave(house.director)
        assert stuck() == []

    def test_for_either_side_only_when_both_have_nobody(self, house: SimpleNamespace) -> None:
        by = make.acting(house.director, today())
        AgreementFlow.sign(house.deal, by=by, at=timezone.now(), key="k")
        leave(house.director)
        assert stuck() == []
        leave(User.objects.get(memberships__organisation=house.deal.ngo.organisation))
        assert stuck() == [(house.deal.case.ref, (NOBODY,))]

    def test_with_the_day_since_which_it_is_so(self, house: SimpleNamespace) -> None:
        memberships.end(house.director.memberships.get(), on=today() - DAY)
        (one,) = without_decider(today(), Case.objects.all())
        assert one.since_on == today() - DAY

    def test_and_the_list_agrees_with_the_party_of_every_case(self, house: SimpleNamespace) -> None:
        told(long_ago(), house.house)
        other = again(offered(long_ago(), make.institution()))
        away(house.director)
        listed = {ref for ref, _ in stuck()}
        details = [house.deal, other, *_concerns()]
        alone = {one.case.ref for one in details if not who_may_move(one, today())}
        assert listed == alone == {house.deal.case.ref, other.case.ref, *_refs(_concerns())}

    def test_and_every_owner_of_every_process_is_understood(self) -> None:
        known = (Members, Depends, Opener, ThePeople, TheClock)
        owners = [
            leaf
            for flow in Flow.by_kind.values()
            for stage in flow.stages.values()
            if stage.owner
            for leaf in leaves(stage.owner)
        ]
        assert [leaf for leaf in owners if not isinstance(leaf, known)] == []
        assert any(isinstance(leaf, Members) and leaf.side == DEPARTMENT for leaf in owners)


def _concerns() -> list[Any]:
    return list(ConcernFlow.model._default_manager.select_related("case"))


def _refs(details: list[Any]) -> list[str]:
    return [one.case.ref for one in details]
