"""Booked without an answer where children live: somebody of the staff is named all the same."""

from collections.abc import Iterator
from types import SimpleNamespace

import pytest
import time_machine

from accounts.memberships import end
from accounts.models import Membership
from accounts.roles import Role
from casework.process import Refused
from tests import factories
from tests.visits import receiving as make
from tests.visits.asking import book_as, hat
from tests.visits.receiving import NOON, TODAY, TOMORROW
from tests.volunteers.making import visit_often
from visits.flows import VisitFlow
from visits.flows.stages import S
from visits.models import Visit
from volunteers.models import Volunteer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]


@pytest.fixture
def noon() -> Iterator[None]:
    with time_machine.travel(NOON, tick=False):
        yield


def known(cast: SimpleNamespace) -> Volunteer:
    who = make.helper(cast)
    visit_often(who, cast.house, until=TODAY)
    return who


def test_whoever_the_director_named_is_with_the_visitors() -> None:
    cast = make.house(level="wide", instant=True)
    visit = Visit.objects.get(pk=book_as(known(cast), cast).pk)
    assert (visit.case.state, visit.supervisor) == (S.APPROVED, cast.desk)


def test_where_children_live_consent_without_a_name_is_not_declared() -> None:
    with pytest.raises(Refused) as refused:
        make.house(level="wide", instant=True, supervisor=None)
    assert [one.code for one in refused.value.objections] == ["supervisor"]


def test_somebody_of_another_house_cannot_be_named() -> None:
    stranger = factories.member(factories.institution().organisation, Role.DESK)
    with pytest.raises(Refused) as refused:
        make.house(level="wide", instant=True, supervisor=stranger.pk)
    assert [one.code for one in refused.value.objections] == ["supervisor"]


def test_where_no_children_live_nobody_need_be_named() -> None:
    cast = make.house(kind="E", level="wide", instant=True, supervisor=None)
    assert book_as(known(cast), cast).case.state == S.APPROVED


def test_when_the_person_named_has_left_the_visit_is_asked_for() -> None:
    cast = make.house(level="wide", instant=True)
    who = known(cast)
    end(Membership.objects.get(person=cast.desk), on=TOMORROW)
    assert book_as(who, cast).case.state == S.REQUESTED


def test_an_approval_that_is_silent_about_the_staff_is_refused() -> None:
    """Also when the caller leaves the question out, and not only when it is left empty."""
    cast = make.house()
    visit = make.request(cast, make.helper(cast))
    with pytest.raises(Refused) as refused:
        VisitFlow.approve(visit, by=hat(cast, Role.DESK), at=NOON, key=make.key())
    assert [one.code for one in refused.value.objections] == ["supervisor"]


def test_an_approval_names_nobody_from_elsewhere() -> None:
    cast = make.house()
    visit = make.request(cast, make.helper(cast))
    stranger = factories.member(factories.institution().organisation, Role.DESK)
    answers = {"supervisor": str(stranger.pk), "reason": ""}
    with pytest.raises(Refused) as refused:
        VisitFlow.approve(visit, by=hat(cast, Role.DESK), at=NOON, key=make.key(), **answers)
    assert [one.code for one in refused.value.objections] == ["supervisor"]
    assert make.again(visit).supervisor is None
