"""Terms of a case that nothing else is said of: begun, stopped, lengthened as steps do it."""

import itertools
from datetime import datetime
from types import SimpleNamespace
from typing import Any

from casework import terms
from casework.models import Case, Parameter, RuleChange, Term
from casework.parameters import rules_on
from casework.process import Ask, Clock, Length
from tests import factories

NAME = "answer"
RULE, EXTENSION = "proposal.answer", "proposal.extension"
_numbers = itertools.count(1)


def ask_at(case: Case, at: datetime) -> Ask[Any]:
    """As a step of this instant would ask, by the rules and the calendar of now."""
    known = rules_on(datetime(2026, 1, 1).date())
    return Ask(SimpleNamespace(case=case), None, at, known)  # type: ignore[type-var]


def a_case(at: datetime, zone: str = "Europe/Moscow") -> Case:
    """An open case with nothing but an owner, whose days are those of this zone."""
    owner = factories.organisation("department", f"Учреждение {next(_numbers)}")
    owner.zone = zone
    owner.save(update_fields=["zone"])
    case = Case.objects.create(
        kind="rule_change", letter="R", state="proposed", owner=owner, opened_at=at
    )
    RuleChange.objects.create(
        case=case,
        replaces=Parameter.objects.order_by("pk")[0],
        value=3,
        from_on=at.date(),
        act_number="1",
        act_on=at.date(),
        proposed_by=factories.person(),
    )
    return case


def begin(at: datetime, days: int = 10, unit: str = "wd", zone: str = "Europe/Moscow") -> Term:
    """A term that began at this instant, in a case of its own."""
    case = a_case(at, zone)
    clock = Clock(NAME, "Answer", lambda _ask: Length(days, unit, rule=RULE), "escalate")
    terms.start(ask_at(case, at), [clock])
    return Term.objects.get(case=case)


def stop(term: Term, at: datetime) -> None:
    terms.pause(ask_at(term.case, at), NAME)


def run_on(term: Term, at: datetime) -> None:
    terms.resume(ask_at(term.case, at), NAME)


def extend(term: Term, at: datetime) -> None:
    terms.extend(ask_at(term.case, at), NAME, EXTENSION)


def again(term: Term) -> Term:
    """The term as the table has it now."""
    return Term.objects.select_related("case__owner").get(pk=term.pk)


def lived(
    at: datetime,
    days: int,
    unit: str = "wd",
    *,
    zone: str = "Europe/Moscow",
    extended: datetime | None = None,
    pauses: list[tuple[datetime, datetime]] | None = None,
) -> Term:
    """A term through everything that happened to it, in its order."""
    term = begin(at, days, unit, zone)
    deeds = [(extended, extend)] if extended else []
    for begins, ends in pauses or []:
        deeds += [(begins, stop), (ends, run_on)]
    for when, deed in sorted(deeds, key=lambda pair: pair[0]):
        deed(term, when)
    return again(term)
