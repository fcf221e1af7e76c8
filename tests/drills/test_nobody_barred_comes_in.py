"""Somebody is barred, suspended or revoked at the instant at which their visit is approved and they
stand at the door: whatever comes first, nobody comes in after it.
"""

from collections import Counter
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from accounts.roles import Role
from casework.models import Decision
from casework.process import Refused
from tests import factories
from tests.drills.racing import together
from tests.visits import receiving as make
from tests.volunteers import barring, making
from visits.flows import VisitFlow
from visits.models import GateEvent, GateKind, Participation, Visit
from visits.services import gate
from volunteers.barring.drafting import draft_bar, draft_suspension
from volunteers.flows.bar import BarFlow
from volunteers.flows.outcome import OutcomeFlow
from volunteers.flows.suspension import PersonSuspensionFlow
from volunteers.models import Outcome, Volunteer
from volunteers.queries import clearance

ROUNDS, MANY, TRIES = 50, 1000, 5
Act = Callable[[], Any]


def persistent(act: Act) -> Act:
    """As a person does whose page says that it touches something else by now: look again."""

    def again() -> Any:
        for left in range(TRIES, 0, -1):
            try:
                return act()
            except Refused as refused:
                if refused.objections[0].code != "touched" or left == 1:
                    raise
        return None

    return again


def to_bar(cast: SimpleNamespace, who: Volunteer) -> tuple[Any, Act, Act]:
    bar = draft_bar(who, by=cast.first, at=make.NOON)
    begin = lambda: barring.take(BarFlow.propose, bar, cast.first, make.NOON, **barring.GROUND)  # noqa: E731  (an act beside its undoing)
    end = lambda: BarFlow.refuse(  # noqa: E731  (as above)
        bar, by=cast.second, at=make.NOON, key=make.key(), reason="Ошибка."
    )
    return bar, begin, end


def to_suspend(cast: SimpleNamespace, who: Volunteer) -> tuple[Any, Act, Act]:
    by = factories.acting(cast.coordinator, make.TODAY, Role.COORDINATOR)
    held = draft_suspension(who, make.TODAY, None, by=by, at=make.NOON)
    why = {"ground": "inquiry", "reason": "Разбираемся."}
    begin = lambda: barring.take(PersonSuspensionFlow.suspend, held, by, make.NOON, **why)  # noqa: E731  (an act beside its undoing)
    end = lambda: PersonSuspensionFlow.lift(  # noqa: E731  (as above)
        held, by=by, at=make.NOON, key=make.key(), reason="Разобрались."
    )
    return held, begin, end


def to_revoke(cast: SimpleNamespace, who: Volunteer) -> tuple[Any, Act, Act]:
    counted = Outcome.objects.filter(volunteer=who.pk, requirement__code="identity", counts=True)
    made = counted.select_related("case__owner", "requirement", "volunteer").get()
    by = factories.acting(cast.coordinator, make.TODAY, Role.COORDINATOR)
    why = {"code": "mistake", "reason": "Не тот паспорт."}
    begin = lambda: barring.take(OutcomeFlow.revoke, made, by, make.NOON, **why)  # noqa: E731  (an act beside its undoing)
    end = lambda: making.give(who, "identity", on=make.TODAY)  # noqa: E731  (as above)
    return made, begin, end


def races_a_booking(cast: SimpleNamespace, who: Volunteer, number: int) -> list[str]:
    """One round: they are kept away while a visit is asked for."""
    _case, begin, end = AGAINST[number % 3](cast, who)
    outcomes = together([persistent(begin), lambda: make.request(cast, who)])
    expected = Participation.objects.filter(volunteer=who.pk, coming=True, active=True)
    outcomes.append("expected" if expected.exists() else "nobody")
    end()
    return outcomes


def races_the_door(cast: SimpleNamespace, who: Volunteer, number: int) -> list[str]:
    """One round: they are kept away while their visit is approved and they stand at the door."""
    visit = make.request(cast, who)
    approve, enter = _approval(cast, visit), _entry(cast, visit)
    if number % 2:
        approve()
    case, begin, end = AGAINST[number % 3](cast, who)
    acts = [persistent(begin), _often(enter)] + ([] if number % 2 else [approve])
    outcomes = together(acts)
    assert outcomes[0] == "done"
    _nobody_came_after(case, visit, enter)
    end()
    return outcomes


AGAINST = (to_bar, to_suspend, to_revoke)


def _approval(cast: SimpleNamespace, visit: Visit) -> Act:
    director = factories.acting(cast.director, make.TODAY, Role.DIRECTOR)
    answers = {"supervisor": str(cast.desk.pk), "reason": ""}
    return lambda: VisitFlow.approve(visit, by=director, at=make.NOON, key=make.key(), **answers)


def _entry(cast: SimpleNamespace, visit: Visit) -> Act:
    keeper = factories.acting(cast.gate, make.TODAY, Role.GATE)
    part = Participation.objects.get(visit=visit)
    return lambda: gate.note(
        gate.fresh(part.pk),
        GateKind.IN,
        by=keeper,
        at=make.at(11, 5),
        key=make.key(),
        healthy=True,
    )


def _often(enter: Act) -> Act:
    """The keeper of the gate tries until the list has them, for a while."""

    def tries() -> Any:
        for left in range(TRIES, 0, -1):
            try:
                return enter()
            except Refused:
                if left == 1:
                    raise
        return None

    return tries


def _nobody_came_after(case: Any, visit: Visit, enter: Act) -> None:
    part = Participation.objects.select_related("visit__case").get(visit=visit)
    assert not part.coming
    assert part.visit.case.state == "cancelled"
    assert not clearance.is_cleared(part.volunteer_id, "V1", None, make.TODAY, make.TOMORROW)
    kept = Decision.objects.filter(case=case.pk, step__in=("propose", "suspend", "revoke"))
    for event in GateEvent.objects.filter(participation=part, kind=GateKind.IN):
        assert event.recorded_at < kept.latest("recorded_at").recorded_at
    with pytest.raises(Refused):
        enter()


def rounds(count: int, first: int = 0) -> Counter[str]:
    """How those ended who raced the door; every fifth round it is a booking instead."""
    cast = make.house()
    cast.first, cast.second = barring.a_checker(), barring.a_checker()
    who, seen = make.helper(cast), Counter[str]()
    for number in range(first, first + count):
        if number % 5 == 4:
            assert races_a_booking(cast, who, number)[::2] == ["done", "nobody"]
        else:
            seen.update(races_the_door(cast, who, number)[1:])
    return seen


def test_nobody_comes_in_after_they_were_kept_away(clone: str) -> None:
    outcomes = rounds(ROUNDS)
    assert set(outcomes) <= {"done", "changed", "not_cleared", "not_expected", "nobody"}
    # Otherwise they did not race.
    assert len(outcomes) > 1


@pytest.mark.drill
@pytest.mark.parametrize("first", range(0, MANY, MANY // 4))
def test_nobody_does_in_a_thousand_rounds(clone: str, first: int) -> None:
    assert rounds(MANY // 4, first).total() > 0


def test_the_race_sees_who_is_expected_when_the_lock_is_taken_out(
    clone: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever books by a clearance that is being taken away does not wait for it."""

    def look(people: Any) -> list[Any]:
        found = Volunteer.objects.filter(pk__in=people).select_related("person")
        return [one.person for one in found.order_by("pk")]

    monkeypatch.setattr(clearance, "hold", look)
    cast = make.house()
    cast.first, cast.second = barring.a_checker(), barring.a_checker()
    who = make.helper(cast)
    ended = (races_a_booking(cast, who, 1)[2] for _ in range(ROUNDS))
    assert "expected" in ended
