"""A visit that does not take place: withdrawn, declined, not answered, closed by order."""

from datetime import timedelta
from types import SimpleNamespace

import pytest

from accounts.roles import Role
from casework.process import Refused
from casework.sweep import sweep
from tests.visits import receiving as make
from tests.visits.asking import book_as, close, codes, hat, heard, state, take, used, volunteer_of
from tests.visits.receiving import NOON, at
from visits.flows import VisitFlow
from visits.flows.stages import S

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def test_a_withdrawn_request_frees_both_times(cast: SimpleNamespace) -> None:
    visit = make.request(cast, make.helper(cast))
    second = make.slot(cast, 16)
    offer = {"slot": str(second.pk), "supervisor": str(cast.desk.pk), "reason": ""}
    visit = take(VisitFlow.move, visit, hat(cast, Role.DESK), **offer)
    visit = take(VisitFlow.withdraw, visit, hat(cast, Role.COORDINATOR), reason="")
    assert (visit.case.state, used(visit.slot), used(second)) == (S.WITHDRAWN, 0, 0)


def test_one_of_two_declines_and_the_other_comes(cast: SimpleNamespace) -> None:
    stays, goes = make.helper(cast), make.helper(cast, "Пётр")
    visit = make.booked(cast, stays, goes)
    visit = take(VisitFlow.decline, visit, volunteer_of(goes), reason="")
    assert (visit.case.state, used(visit.slot)) == (S.APPROVED, 1)
    coming = visit.participations.filter(coming=True).values_list("volunteer", flat=True)
    assert list(coming) == [stays.person.pk]
    take(VisitFlow.decline, visit, volunteer_of(goes), reason="")
    assert used(visit.slot) == 1
    assert book_as(goes, cast).case.state == S.REQUESTED


def test_nothing_is_approved_when_everybody_has_declined(cast: SimpleNamespace) -> None:
    only = make.helper(cast)
    visit = make.request(cast, only)
    take(VisitFlow.decline, visit, volunteer_of(only), reason="")
    with pytest.raises(Refused) as refused:
        make.approve(cast, visit)
    assert codes(refused) == ["nobody"]


def test_silence_is_told_once_and_never_approves(cast: SimpleNamespace) -> None:
    visit = make.request(cast, make.helper(cast), on=make.TOMORROW + timedelta(days=14))
    late = NOON + timedelta(days=6)
    assert (sweep(late), sweep(late), sweep(late + timedelta(days=1))) == (1, 0, 0)
    assert state(visit) == S.REQUESTED
    assert visit.case.decisions.filter(step="escalate").count() == 1
    deciders = [cast.desk, cast.director]
    asking = [cast.coordinator, cast.head]
    expected = make.ids([cast.officer, *deciders, *asking])
    assert heard(visit, "visit_escalate", cast) == expected


def test_an_unanswered_request_lapses_when_it_would_begin(cast: SimpleNamespace) -> None:
    visit = make.request(cast, make.helper(cast))
    sweep(at(10, 59))
    assert (state(visit), used(visit.slot)) == (S.REQUESTED, 1)
    sweep(at(11))
    visit = make.again(visit)
    assert (visit.case.state, used(visit.slot), visit.active) == (S.LAPSED, 0, False)
    assert cast.officer.pk in make.told(visit, "visit_lapse")


def test_an_offer_without_an_answer_lapses(cast: SimpleNamespace) -> None:
    visit = make.request(cast, make.helper(cast), on=make.TOMORROW + timedelta(days=14))
    other = make.slot(cast, 16, on=make.TOMORROW + timedelta(days=14))
    offer = {"slot": str(other.pk), "supervisor": str(cast.desk.pk), "reason": ""}
    take(VisitFlow.move, visit, hat(cast, Role.DESK), **offer)
    sweep(NOON + timedelta(days=3))
    assert (state(visit), used(visit.slot), used(other)) == (S.LAPSED, 0, 0)
    assert visit.case.decisions.filter(step="let_lapse").count() == 1


def test_a_closure_cancels_what_stands_inside_it_and_nothing_else(cast: SimpleNamespace) -> None:
    inside = make.booked(cast, make.helper(cast))
    waiting = make.request(cast, make.helper(cast, "Пётр"), hour=16)
    outside = make.booked(cast, make.helper(cast, "Вера"), on=make.TOMORROW + timedelta(days=7))
    close(cast)
    assert [state(one) for one in (inside, waiting, outside)] == [
        S.CANCELLED,
        S.CANCELLED,
        S.APPROVED,
    ]
    inside = make.again(inside)
    assert (inside.active, used(inside.slot)) == (False, 0)
    assert inside.case.decisions.get(step="displace").reason == "52"
