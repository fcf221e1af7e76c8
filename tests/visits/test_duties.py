"""Duties under an agreement are counted from events, on all three sides by one rule."""

from collections.abc import Iterator
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
import time_machine

from accounts.memberships import end
from accounts.roles import Role
from casework.sweep import sweep
from institutions.duties import DUTIES
from institutions.models import Agreement
from tests import factories
from tests.visits import asking
from tests.visits import receiving as make
from tests.visits.dutiful import EVENING, brief, cancel, counted, missed, noted, revoke
from tests.visits.receiving import NOON, TODAY, TOMORROW, at
from tests.visits.test_stricter_types import approve, proposed
from tests.volunteers import making
from visits.flows import VisitFlow
from visits.models import GateKind
from visits.queries.promises import PROMISES
from visits.services import gate

pytestmark = pytest.mark.django_db
LATER = TOMORROW + timedelta(days=7)


@pytest.fixture
def cast(db: None) -> Iterator[SimpleNamespace]:
    with time_machine.travel(NOON, tick=False):
        yield make.house()


def test_every_duty_can_be_seen_to_be_done_and_missed() -> None:
    assert list(PROMISES) == [one.code for one in DUTIES]
    assert all(one.missed for one in PROMISES.values())


def test_nothing_that_happened_is_nothing_done_or_missed(cast: SimpleNamespace) -> None:
    assert counted(cast) == {}


def test_a_visit_that_went_well_is_done_on_every_side(cast: SimpleNamespace) -> None:
    brief(cast)
    visit = asking.over(cast, make.helper(cast))
    VisitFlow.close(visit, by=asking.hat(cast, Role.COORDINATOR), at=at(14), key=make.key())
    assert counted(cast) == {one.code: (1, 0) for one in DUTIES}


def test_an_answer_is_late_while_nobody_gives_it_and_stays_so(cast: SimpleNamespace) -> None:
    visit = make.request(cast, make.helper(cast), on=LATER)
    assert counted(cast, NOON + timedelta(hours=1)) == {}
    late = NOON + timedelta(days=6)
    assert counted(cast, late) == {"answer": (0, 1)}
    assert missed(cast, late) == {"answer": [f"{visit.case.ref}: Ответ не дан в срок."]}
    by = asking.hat(cast, Role.DESK)
    VisitFlow.refuse(visit, by=by, at=late, key=make.key(), code="V4", reason="Не для этой группы")
    assert counted(cast, late) == {"answer": (0, 1)}


@pytest.mark.parametrize(("step", "role"), [("approve", "desk"), ("refuse", "desk")])
def test_an_answer_in_time_is_done_whatever_it_is(
    cast: SimpleNamespace, step: str, role: str
) -> None:
    visit = make.request(cast, make.helper(cast), on=LATER)
    answers = {"approve": {"supervisor": str(cast.desk.pk)}, "refuse": {"code": "V1"}}
    asking.take(getattr(VisitFlow, step), visit, asking.hat(cast, role), **answers[step])
    assert counted(cast) == {"answer": (1, 0)}


def test_a_request_withdrawn_in_time_owes_nobody_anything(cast: SimpleNamespace) -> None:
    visit = make.request(cast, make.helper(cast), on=LATER)
    asking.take(VisitFlow.withdraw, visit, asking.hat(cast, Role.COORDINATOR))
    assert counted(cast, NOON + timedelta(days=6)) == {}


@pytest.mark.parametrize(
    ("role", "code"), [("desk", "receive"), ("head", "visits"), ("volunteer", "come")]
)
def test_calling_off_late_is_missed_alike_by_each_side(
    cast: SimpleNamespace, role: str, code: str
) -> None:
    # Given a visit that begins in 23 hours, and one in a week
    who = make.helper(cast)
    soon, later = (
        make.approve(cast, asking.book_as(who, cast, slot=make.slot(cast, on=on)))
        for on in (TOMORROW, LATER)
    )
    # When one and the same side calls both off
    for visit in (soon, later):
        by = asking.volunteer_of(who) if role == "volunteer" else asking.hat(cast, role)
        cancel(cast, visit, by)
    # Then the one that came too late counts against that side and no other
    assert counted(cast) == {"answer": (2, 0), code: (0, 1)}
    (line,) = missed(cast)[code]
    assert line.startswith(soon.case.ref)
    assert "24 часа" in line


def test_whoever_declines_late_has_missed_it_and_in_time_has_not(cast: SimpleNamespace) -> None:
    who = make.helper(cast)
    for on in (TOMORROW, LATER):
        asking.take(VisitFlow.decline, make.booked(cast, who, on=on), asking.volunteer_of(who))
    assert counted(cast)["come"] == (0, 1)
    assert missed(cast)["come"][0].endswith(f"часа до начала. {who.person}")


def test_declining_what_was_not_approved_breaks_no_promise(cast: SimpleNamespace) -> None:
    who = make.helper(cast)
    asking.take(VisitFlow.decline, make.request(cast, who), asking.volunteer_of(who))
    assert counted(cast) == {}


def test_who_did_not_come_missed_it_and_who_came_did_not(cast: SimpleNamespace) -> None:
    absent = make.helper(cast, "Пётр")
    asking.over(cast, make.helper(cast), absent)
    assert counted(cast)["come"] == (1, 1)
    assert missed(cast)["come"][0].endswith(f"Неявка на визит. {absent.person}")


@pytest.mark.parametrize(
    ("code", "found"),
    [("G6", {"receive": 1}), ("G2", {"come": 1}), ("G4", {"come": 1}), ("G3", {})],
)
def test_the_gate_says_whose_promise_was_broken(
    cast: SimpleNamespace, code: str, found: dict[str, int]
) -> None:
    visit = make.booked(cast, make.helper(cast))
    noted(cast, visit, GateKind.REFUSED, at(11), code)
    sweep(at(13))
    assert {one: tally[1] for one, tally in counted(cast).items() if tally[1]} == found


def test_whoever_was_named_to_meet_them_must_still_work_there(cast: SimpleNamespace) -> None:
    visit = make.booked(cast, make.helper(cast))
    end(cast.desk.memberships.get(), on=TOMORROW)
    noted(cast, visit, GateKind.IN, at(11))
    sweep(at(13))
    assert counted(cast)["meet"] == (0, 1)


def test_where_no_children_live_nobody_need_be_named(db: None) -> None:
    with time_machine.travel(NOON, tick=False):
        cast = make.house(kind="E")
        visit = make.booked(cast, make.helper(cast))
        noted(cast, visit, GateKind.IN, at(11))
        sweep(at(13))
        assert "meet" not in counted(cast)


def test_hours_that_nobody_confirms_count_from_the_day_they_are_late(
    cast: SimpleNamespace,
) -> None:
    asking.over(cast, make.helper(cast))
    assert "hours" not in counted(cast, EVENING)
    assert counted(cast, EVENING + timedelta(days=9))["hours"] == (0, 1)


@pytest.mark.parametrize(("code", "found"), [("invalid", (0, 1)), ("wish", (0, 0))])
def test_whoever_loses_the_clearance_counts_unless_they_wished_so(
    cast: SimpleNamespace, code: str, found: tuple[int, int]
) -> None:
    who, other = make.helper(cast), make.helper(cast, "Вера")
    make.booked(cast, who, other, on=LATER)
    revoke(who, code, making.somebody(factories.department(), Role.CHECKER))
    assert counted(cast).get("cleared", (0, 0)) == found


def test_whoever_is_taken_off_by_a_new_demand_has_missed_nothing(cast: SimpleNamespace) -> None:
    ready, other = make.helper(cast, "Анна", tier="V3"), make.helper(cast, "Борис")
    make.booked(cast, ready, other, on=LATER)
    approve(proposed(tier="V3"))
    assert "cleared" not in counted(cast)


@pytest.mark.parametrize(
    ("limits", "found"),
    [
        ({"people_a_visit": 2, "visits_a_week": 2}, (2, 0)),
        ({"people_a_visit": 1}, (1, 1)),
        ({"visits_a_week": 1}, (1, 1)),
    ],
)
def test_a_visit_beyond_the_limits_of_the_agreement_is_missed(
    cast: SimpleNamespace, limits: dict[str, int], found: tuple[int, int]
) -> None:
    one, two = make.helper(cast), make.helper(cast, "Вера")
    both, alone = make.booked(cast, one, two), make.booked(cast, one, hour=16)
    by = asking.hat(cast, Role.GATE)
    for part in both.participations.all():
        inside = gate.fresh(part.pk)
        gate.note(inside, GateKind.IN, by=by, at=at(11), key=make.key(), healthy=True)
        gate.note(inside, GateKind.OUT, by=by, at=at(13), key=make.key())
    noted(cast, alone, GateKind.IN, at(16))
    sweep(EVENING)
    Agreement.objects.filter(pk=both.agreement_id).update(**limits)
    assert counted(cast)["limits"] == found


@pytest.mark.parametrize(
    ("on", "found"),
    [
        (None, (0, 1)),
        (TODAY, (1, 0)),
        (TOMORROW.replace(year=2025), (0, 1)),
        (TOMORROW.replace(year=2025) + timedelta(days=1), (1, 0)),
    ],
)
def test_a_visit_without_a_fresh_briefing_is_missed(
    cast: SimpleNamespace, on: date | None, found: tuple[int, int]
) -> None:
    if on:
        brief(cast, on)
    asking.over(cast, make.helper(cast))
    assert counted(cast)["brief"] == found


def test_leaving_without_a_note_of_the_gate_is_missed(cast: SimpleNamespace) -> None:
    who = make.helper(cast)
    visit = make.booked(cast, who)
    noted(cast, visit, GateKind.IN, at(11))
    sweep(at(13))
    assert counted(cast)["leave"] == (0, 1)
    assert missed(cast)["leave"] == [
        f"{visit.case.ref}: Выход на проходной не отмечен. {who.person}"
    ]
