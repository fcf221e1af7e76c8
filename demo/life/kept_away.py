"""People who do not come: barred by two, looking like him, about to be barred, suspended."""

from datetime import datetime
from typing import Any

from casework import ripple
from casework.engine import rules_at
from casework.process import Ask, Step
from demo.stage import Stage
from volunteers.barring.drafting import draft_bar, draft_suspension
from volunteers.flows.bar import BarFlow
from volunteers.flows.suspension import PersonSuspensionFlow
from volunteers.models import Bar

# Proposed and confirmed so many days ago; another one waits for the second person today.
BARRED, PROPOSED, CONFIRMED = "chizhov", -2, -1
DECEIVED = {"ground": "deceit", "reason": "Принёс чужую справку об отсутствии судимости."}
WAITING, LATELY = "frolov", -1
CARELESS = {
    "ground": "secrets",
    "reason": "Выложил фотографии проживающих в общий чат и отказался убрать.",
}
SUSPENDED, LEFT_ALONE = "bykov", -3
INQUIRY = {
    "ground": "inquiry",
    "reason": "Ушёл с занятия раньше времени и оставил группу без взрослых. Выясняем, почему.",
}
FIRST, SECOND, COORDINATOR = "elena", "roman", "zoya"


def plan(stage: Stage) -> None:
    """Each at its time; whoever looks like the person barred is found with the first of them."""
    back = stage.days.back
    stage.agenda.add(back(PROPOSED, 11), _propose, stage, BARRED, FIRST, DECEIVED)
    stage.agenda.add(back(CONFIRMED, 15), _confirm, stage)
    stage.agenda.add(back(LATELY, 12), _propose, stage, WAITING, SECOND, CARELESS)
    stage.agenda.add(back(LEFT_ALONE, 18), _suspend, stage)


def _propose(stage: Stage, who: str, by: str, why: dict[str, Any], at: datetime) -> None:
    bar = draft_bar(stage.volunteer(who), by=stage.acting(by), at=at)
    _take(stage, BarFlow.propose, bar, by, at, **why)


def _confirm(stage: Stage, at: datetime) -> None:
    bar = Bar.objects.select_related("case__owner", "volunteer")
    _take(stage, BarFlow.confirm, bar.get(volunteer=stage.person(BARRED)), SECOND, at)


def _suspend(stage: Stage, at: datetime) -> None:
    by = stage.acting(COORDINATOR)
    held = draft_suspension(stage.volunteer(SUSPENDED), at.date(), None, by=by, at=at)
    _take(stage, PersonSuspensionFlow.suspend, held, COORDINATOR, at, **INQUIRY)


def _take(stage: Stage, step: Step, detail: Any, by: str, at: datetime, **why: Any) -> None:
    """The step with what it touches confirmed, as its page does."""
    who = stage.acting(by)
    ask: Ask[Any] = Ask(detail, who, at, rules_at(detail, at), dict(why))
    touched = ripple.touched_by(step.ripple, ask)
    sign: dict[str, Any] = {"confirmed": ripple.digest(touched)} if touched else {}
    step(detail, by=who, at=at, key=stage.key(), **why | sign)
