"""Duties under an agreement, as the tests of this floor look at them."""

from datetime import date, datetime
from types import SimpleNamespace
from typing import Any

from accounts.roles import Role
from casework.parameters import rules_on
from casework.process import Ask
from casework.ripple import digest, touched_by
from institutions.duties import DUTIES
from institutions.models import Agreement
from institutions.services.briefings import Given, record
from tests.visits import asking
from tests.visits import receiving as make
from tests.visits.receiving import NOON, TODAY, at
from visits.flows import VisitFlow
from visits.models import GateKind, Visit
from visits.queries.duties import Shown, shown
from visits.services import gate
from volunteers.flows.outcome import OutcomeFlow
from volunteers.models import Outcome, Volunteer

EVENING = at(20)
Tallies = dict[str, tuple[int, int]]


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
