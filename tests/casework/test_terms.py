"""Terms in the hands of the engine: extended once, standing still, told of once, never shorter."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError

from accounts.hats import Acting
from casework.engine import open_case
from casework.lateness import lateness, waiting_for_the_sweep
from casework.models import CalendarChange, Case, Decision, Shift, Term
from casework.parties import opener, the_clock
from casework.process import STAYS, Clock, Flow, Refused, Stage, Step
from casework.sweep import sweep
from casework.terms import calendar_days, last_day, until, working_days
from tests import factories as make

MOSCOW = ZoneInfo("Europe/Moscow")
DAY = timedelta(days=1)
MONDAY = datetime(2026, 3, 2, 12, tzinfo=MOSCOW)
FIRST, SECOND = MONDAY + 2 * DAY, MONDAY + 9 * DAY
pytestmark = pytest.mark.django_db


@pytest.fixture
def tiny() -> Iterator[type[Flow[Any]]]:
    """A process with one answer, which a question lengthens and lets stand still."""
    answer = Clock("answer", "Answer", working_days("proposal.answer"), "escalate")
    supply = Clock("supply", "Supply", calendar_days("appeal.filing"), "go_on")
    moment = Clock("moment", "Moment", until(lambda detail: MONDAY + 90 * DAY), "go_on")

    class Tiny(Flow[CalendarChange]):
        kind, letter, title, model, start = "tiny", "Z", "Tiny", CalendarChange, "draft"
        related = ("case__owner",)
        stages = {
            "draft": Stage("draft", opener),
            "open": Stage("open", opener, (answer, moment)),
            "asked": Stage("asked", opener, (answer, supply, moment), pauses=("answer", "moment")),
            "done": Stage("done"),
        }
        begin = Step("draft", "open", by=opener, label="begin", past="begun")
        ask = Step("open", "asked", by=opener, label="ask", past="asked")
        ask_more = Step(
            ("open", "asked"),
            STAYS,
            by=opener,
            label="more",
            past="more",
            extends=("answer", "proposal.extension"),
        )
        go_on = Step("asked", "open", by=opener, label="on", past="on")
        close = Step(("open", "asked"), "done", by=opener, label="close", past="closed")
        escalate = Step(
            ("open", "asked"), STAYS, by=the_clock, label="tell", past="told", marks="answer"
        )

    yield Tiny
    del Flow.by_kind["tiny"], Flow.by_letter["Z"]


@pytest.fixture
def me() -> Acting:
    return make.acting(make.registrar())


Begin = Callable[..., CalendarChange]


@pytest.fixture
def begin(tiny: Any, me: Acting) -> Begin:
    """A case of it, begun at an instant."""

    def begun(at: datetime = MONDAY) -> CalendarChange:
        detail = CalendarChange.objects.create(
            case=open_case(tiny, owner=make.department(), by=me.user, at=at),  # type: ignore[arg-type]
            year_id=2026,
            decreed=True,
            based_on_id=1,
            act_number="1",
            act_on=at.date(),
            proposed_by=me.user,
        )
        tiny.begin(detail, by=me, at=at, key=f"begin-{detail.pk}")
        return detail

    return begun


def answer(detail: CalendarChange) -> Term:
    return Term.objects.get(case=detail.case_id, name="answer")


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [one.code for one in refused.value.objections]


# --- extension ------------------------------------------------------------------------------------


def test_a_term_is_extended_by_the_days_of_its_rule(tiny: Any, me: Acting, begin: Begin) -> None:
    detail = begin()
    assert (answer(detail).days, last_day(answer(detail)).isoformat()) == (10, "2026-03-17")
    tiny.ask_more(detail, by=me, at=FIRST, key="more")
    term = answer(detail)
    assert (term.days, last_day(term).isoformat(), term.extended_at) == (20, "2026-03-31", FIRST)
    shift = Shift.objects.get()
    assert (shift.kind, shift.days, shift.rule) == ("extended", 10, "proposal.extension")
    assert (shift.due_at, shift.calendar_id) == (term.due_at, 1)


def test_it_is_extended_once_only(tiny: Any, me: Acting, begin: Begin) -> None:
    detail = begin()
    tiny.ask_more(detail, by=me, at=FIRST, key="more")
    with pytest.raises(Refused) as refused:
        tiny.ask_more(detail, by=me, at=SECOND, key="again")
    assert codes(refused) == ["extended"]
    assert Shift.objects.count() == 1


def test_the_database_refuses_a_second_extension_too(begin: Begin) -> None:
    term = answer(begin())
    written = {"term": term, "kind": "extended", "at": FIRST, "on": FIRST.date(), "days": 10}
    ends = {"due_before": term.due_at, "due_at": term.due_at}
    Shift.objects.create(**written, **ends)
    with pytest.raises(IntegrityError, match="a_term_is_extended_once"):
        Shift.objects.create(**written, **ends)


def test_it_is_not_extended_after_it_passed(tiny: Any, me: Acting, begin: Begin) -> None:
    detail = begin()
    due = answer(detail).due_at
    with pytest.raises(Refused) as refused:
        tiny.ask_more(detail, by=me, at=due, key="more")
    assert codes(refused) == ["passed"]
    tiny.ask_more(detail, by=me, at=due - timedelta(seconds=1), key="just in time")
    assert answer(detail).days == 20


def test_one_that_stands_still_may_be_extended_after_its_day(
    tiny: Any, me: Acting, begin: Begin
) -> None:
    detail = begin()
    due = answer(detail).due_at
    tiny.ask(detail, by=me, at=FIRST, key="ask")
    tiny.ask_more(detail, by=me, at=due + DAY, key="more")
    # Two days were had, of twenty; it runs on from Friday, 20 March.
    tiny.go_on(detail, by=me, at=due + 2 * DAY, key="on")
    assert last_day(answer(detail)).isoformat() == "2026-04-15"


# --- standing still -------------------------------------------------------------------------------


def test_a_stage_that_pauses_lets_the_term_stand_still_and_run_on(
    tiny: Any, me: Acting, begin: Begin
) -> None:
    detail = begin()
    due = answer(detail).due_at
    tiny.ask(detail, by=me, at=FIRST, key="ask")
    term = answer(detail)
    assert (term.paused_at, term.due_at) == (FIRST, due)
    assert lateness(term, due + 30 * DAY).tone == "paused"
    tiny.go_on(detail, by=me, at=SECOND, key="on")
    term = answer(detail)
    # 5, 6, 10, 11 March were not counted; 9 March is a holiday.
    assert (term.paused_at, last_day(term).isoformat()) == (None, "2026-03-23")
    assert [one.kind for one in term.shifts.order_by("pk")] == ["paused", "resumed"]


def test_a_term_that_ends_at_a_moment_never_stands_still(
    tiny: Any, me: Acting, begin: Begin
) -> None:
    detail = begin()
    tiny.ask(detail, by=me, at=FIRST, key="ask")
    moment = Term.objects.get(case=detail.case_id, name="moment")
    assert (moment.paused_at, moment.due_at) == (None, MONDAY + 90 * DAY)
    tiny.go_on(detail, by=me, at=SECOND, key="on")
    moment.refresh_from_db()
    assert moment.due_at == MONDAY + 90 * DAY


def test_one_stopped_while_it_stood_still_was_never_late(
    tiny: Any, me: Acting, begin: Begin
) -> None:
    detail = begin()
    due = answer(detail).due_at
    tiny.ask(detail, by=me, at=FIRST, key="ask")
    tiny.close(detail, by=me, at=due + 40 * DAY, key="close")
    term = answer(detail)
    assert term.stopped_at == due + 40 * DAY
    assert lateness(term, due + 50 * DAY).tone == "running"


def test_one_that_had_passed_stays_passed_whatever_happens(
    tiny: Any, me: Acting, begin: Begin
) -> None:
    detail = begin()
    due = answer(detail).due_at
    tiny.ask(detail, by=me, at=due + DAY, key="ask")
    assert lateness(answer(detail), due + 2 * DAY).tone == "late"
    tiny.go_on(detail, by=me, at=due + 5 * DAY, key="on")
    assert answer(detail).due_at == due
    assert lateness(answer(detail), due + 6 * DAY).tone == "late"


def test_one_stopped_on_its_last_day_ends_on_the_day_it_runs_on(
    tiny: Any, me: Acting, begin: Begin
) -> None:
    detail = begin()
    due = answer(detail).due_at
    tiny.ask(detail, by=me, at=due - timedelta(hours=1), key="ask")
    runs_on = due + 6 * DAY + timedelta(hours=9)  # a Tuesday
    tiny.go_on(detail, by=me, at=runs_on, key="on")
    term = answer(detail)
    assert last_day(term) == runs_on.date()
    assert lateness(term, runs_on).tone == "waiting"


# --- the sweep ------------------------------------------------------------------------------------


def test_the_sweep_leaves_alone_what_stands_still(tiny: Any, me: Acting, begin: Begin) -> None:
    detail = begin()
    due = answer(detail).due_at
    tiny.ask(detail, by=me, at=FIRST, key="ask")
    supply = Term.objects.get(case=detail.case_id, name="supply")
    assert [waiting_for_the_sweep(at).count() for at in (due, supply.due_at)] == [0, 1]
    assert sweep(supply.due_at - timedelta(seconds=1)) == 0
    assert not Decision.objects.filter(step="escalate").exists()


def test_each_missed_term_is_told_of_exactly_once_in_five_sweeps(begin: Begin) -> None:
    terms = [answer(begin(MONDAY + hour * timedelta(hours=5))) for hour in range(6)]
    last = max(term.due_at for term in terms)
    assert [sweep(last) for _number in range(5)] == [6, 0, 0, 0, 0]
    told = Decision.objects.filter(step="escalate").values_list("case", flat=True)
    assert sorted(told) == sorted(term.case_id for term in terms)


def test_three_days_without_workers_are_made_up_in_one_pass(begin: Begin) -> None:
    terms = [answer(begin(MONDAY + day * DAY)) for day in range(4) for _number in range(5)]
    first = min(term.due_at for term in terms)
    assert sweep(first + 3 * DAY) == len(terms)
    assert sweep(first + 3 * DAY) == 0
    assert Decision.objects.filter(step="escalate").count() == len(terms)


def test_a_case_whose_step_fails_keeps_no_other_waiting(begin: Begin) -> None:
    terms = [answer(begin()) for _number in range(3)]
    Case.objects.filter(pk=terms[0].case_id).update(kind="unknown")
    assert sweep(terms[0].due_at) == 2
    assert sweep(terms[0].due_at) == 0
