"""Duties under an agreement are counted from events, on all three sides by one rule."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.memberships import end
from accounts.roles import Role
from casework.parameters import rules_on
from casework.process import Ask
from casework.ripple import digest, touched_by
from casework.sweep import sweep
from institutions.duties import DUTIES
from institutions.models import Agreement
from institutions.services.briefings import Given, record
from tests import factories
from tests.institutions import doing
from tests.visits import asking
from tests.visits import receiving as make
from tests.visits.receiving import NOON, TODAY, TOMORROW, at
from tests.visits.test_stricter_types import approve, proposed
from tests.volunteers import making
from visits.flows import VisitFlow
from visits.models import GateKind, Visit
from visits.queries.duties import Shown, listed, shown
from visits.queries.promises import PROMISES
from visits.services import gate
from volunteers.flows.outcome import OutcomeFlow
from volunteers.models import Outcome, Volunteer

pytestmark = pytest.mark.django_db
WEEK = timedelta(days=7)
LATER = TOMORROW + WEEK
EVENING = at(20)
FIRST_PAGE = slice(0, 50)
Tallies = dict[str, tuple[int, int]]


@pytest.fixture
def cast(db: None) -> Iterator[SimpleNamespace]:
    with time_machine.travel(NOON, tick=False):
        yield make.house()


def deal_of(cast: SimpleNamespace) -> Agreement:
    sides = ("case", "institution__organisation", "ngo__organisation")
    return Agreement.objects.select_related(*sides).get(ngo=cast.ngo)


def page(cast: SimpleNamespace, now: datetime) -> dict[str, Shown]:
    """Every duty as the page of the agreement shows it."""
    parties = shown(deal_of(cast), now, now.date())
    lines = [line for _party, of_it in parties for line in of_it]
    return {duty.code: line for duty, line in zip(DUTIES, lines, strict=True)}


def counted(cast: SimpleNamespace, now: datetime = EVENING) -> Tallies:
    """Done and missed by duty; what never happened is left out."""
    tallies = {code: line.tally for code, line in page(cast, now).items()}
    found = {code: (one.done, one.missed) for code, one in tallies.items()}
    return {code: tally for code, tally in found.items() if tally != (0, 0)}


def missed(cast: SimpleNamespace, now: datetime = EVENING) -> dict[str, list[str]]:
    """In which visits each duty was missed, and what is said of it."""
    return {
        code: [f"{one.ref}: {one.why} {one.person}".strip() for one in line.last]
        for code, line in page(cast, now).items()
        if line.last
    }


def noted(
    cast: SimpleNamespace, visit: Visit, kind: GateKind, when: datetime, code: str = ""
) -> None:
    part = gate.fresh(visit.participations.get().pk)
    by = asking.hat(cast, Role.GATE)
    gate.note(part, kind, by=by, at=when, key=make.key(), code=code, healthy=True)


def brief(cast: SimpleNamespace, on: date = TODAY) -> None:
    given = Given(on=on, topics="Риски и правила", people=3)
    by = asking.hat(cast, Role.COORDINATOR)
    record(deal_of(cast), given, by=by, at=NOON, key=make.key())


def cancel(cast: SimpleNamespace, visit: Visit, by: Any) -> None:
    asking.take(VisitFlow.cancel, visit, by, code="K4", reason="Не получится")


def revoke(who: Volunteer, code: str, by: Any) -> None:
    own = Outcome.objects.select_related("case").filter(volunteer=who.person)
    outcome = own.get(requirement__code="medical")
    ask: Ask[Any] = Ask(outcome, by, NOON, rules_on(TODAY))
    seen = {"confirmed": digest(touched_by("clearance", ask)), "key": make.key()}
    OutcomeFlow.revoke(outcome, by=by, at=NOON, code=code, reason="Так вышло", **seen)


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


def test_another_agreement_is_counted_apart(cast: SimpleNamespace) -> None:
    other = asking.another_house(cast)
    asking.over(cast, make.helper(cast))
    by = asking.hat(cast, Role.HEAD)
    rows = {
        row.deal.institution_id: row for row in listed(by, EVENING, FIRST_PAGE, everything=True)
    }
    assert [row.missed > 0 for row in (rows[cast.house.pk], rows[other.house.pk])] == [True, False]


def test_a_side_finds_its_own_with_what_was_missed_first(cast: SimpleNamespace) -> None:
    asking.over(cast, make.helper(cast))
    other = asking.another_house(cast)
    stranger = factories.member(factories.ngo().organisation, Role.HEAD)
    found = {
        who: [row.deal.institution_id for row in listed(by, EVENING, FIRST_PAGE, everything=False)]
        for who, by in (
            ("head", asking.hat(cast, Role.HEAD)),
            ("director", asking.hat(other, Role.DIRECTOR)),
            ("stranger", factories.acting(stranger, TODAY)),
            ("gate", asking.hat(cast, Role.GATE)),
        )
    }
    assert found == {
        "head": [cast.house.pk, other.house.pk],
        "director": [other.house.pk],
        "stranger": [],
        "gate": [],
    }


def test_the_department_sees_all_and_first_what_was_missed(cast: SimpleNamespace) -> None:
    asking.over(cast, make.helper(cast))
    other = asking.another_house(cast)
    browser = make.signed_in(cast.officer)
    with time_machine.travel(EVENING, tick=False):
        broken, everything = (make.words(browser.get(f"/duties/{tab}")) for tab in ("", "?tab=all"))
    names = [one.house.organisation.short_name for one in (cast, other)]
    assert [name in broken for name in names] == [True, False]
    assert [name in everything for name in names] == [True, True]


def test_the_page_of_one_agreement_is_for_its_sides_and_the_department(
    cast: SimpleNamespace,
) -> None:
    visit = asking.over(cast, make.helper(cast))
    where = f"/duties/{deal_of(cast).case.ref}/"
    stranger = factories.member(factories.ngo().organisation, Role.HEAD)
    people = (cast.head, cast.coordinator, cast.director, cast.desk, cast.officer, stranger)
    with time_machine.travel(EVENING, tick=False):
        answers = [make.signed_in(one).get(where) for one in people]
    assert [one.status_code for one in answers] == [200] * 5 + [404]
    assert visit.case.ref in make.words(answers[0])


def test_an_offer_that_nobody_signed_has_no_duties(cast: SimpleNamespace) -> None:
    other = SimpleNamespace(house=cast.house, ngo=factories.ngo())
    other.head = factories.member(other.ngo.organisation, Role.HEAD)
    offer = doing.offer(other, at=NOON)
    assert make.signed_in(other.head).get(f"/duties/{offer.case.ref}/").status_code == 404


def test_the_pages_ask_the_same_for_much_as_for_little(cast: SimpleNamespace) -> None:
    browser, where = make.signed_in(cast.head), f"/duties/{deal_of(cast).case.ref}/"
    asking.over(cast, make.helper(cast))

    def asked() -> list[int]:
        found = []
        for address in ("/duties/", where):
            browser.get(address)
            with CaptureQueriesContext(connection) as queries:
                assert browser.get(address).status_code == 200
            found.append(len(queries.captured_queries))
        return found

    with time_machine.travel(EVENING, tick=False):
        little = asked()
    for number in range(1, 4):
        asking.another_house(cast)
        make.booked(cast, make.helper(cast, f"Нина {number}"), hour=16)
    sweep(EVENING)
    with time_machine.travel(EVENING, tick=False):
        assert asked() == little
    assert little[0] <= 8
    assert little[1] <= 10
