"""People barred and suspended in tests, by the steps that checkers and coordinators take."""

from datetime import date, datetime
from typing import Any

from accounts.hats import Acting
from accounts.models import Organisation
from accounts.roles import Role
from casework import ripple
from casework.engine import rules_at
from casework.process import Ask, Step
from tests.factories import department
from tests.volunteers.making import NOON, key, somebody
from volunteers.barring.drafting import draft_bar, draft_suspension
from volunteers.flows.bar import BarFlow
from volunteers.flows.suspension import PersonSuspensionFlow
from volunteers.models import Bar, PersonSuspension, Volunteer

GROUND = {"ground": "danger", "reason": "Увёл ребёнка с занятия и не сказал об этом."}


def a_checker() -> Acting:
    return somebody(department(), Role.CHECKER)


def take(step: Step, detail: Any, by: Acting, at: datetime = NOON, **answers: Any) -> Any:
    """The step with everything it touches confirmed, as its page does."""
    ask: Ask[Any] = Ask(detail, by, at, rules_at(detail, at), answers)
    touched = ripple.touched_by(step.ripple, ask)
    sign = {"confirmed": ripple.digest(touched)} if touched else {}
    return step(detail, by=by, at=at, key=key(), **answers, **sign)


def proposed(who: Volunteer, by: Acting | None = None, at: datetime = NOON) -> Bar:
    by = by or a_checker()
    bar = draft_bar(who, by=by, at=at)
    take(BarFlow.propose, bar, by, at, **GROUND)
    return again(bar)


def barred(who: Volunteer, at: datetime = NOON) -> Bar:
    bar = proposed(who, at=at)
    take(BarFlow.confirm, bar, a_checker(), at)
    return again(bar)


def suspended(
    who: Volunteer,
    by: Acting,
    from_on: date,
    through_on: date | None = None,
    at: datetime = NOON,
) -> PersonSuspension:
    drafted = draft_suspension(who, from_on, through_on, by=by, at=at)
    take(PersonSuspensionFlow.suspend, drafted, by, at, ground="inquiry", reason="Разбираемся.")
    return again(drafted)


def again(detail: Any) -> Any:
    """The same as it stands now."""
    return type(detail).objects.select_related("case__owner", "volunteer").get(pk=detail.pk)


def coordinator_of(home: Organisation) -> Acting:
    return somebody(home, Role.COORDINATOR)
