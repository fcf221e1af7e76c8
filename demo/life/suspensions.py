"""One type of one NGO, held back for some days and let go by another registrar."""

from datetime import datetime

from accounts.hats import Acting
from casework import ripple
from casework.parameters import rules_on
from casework.process import Ask
from demo.houses import OPORA
from demo.stage import Stage
from registry import suspending
from registry.flows import SuspensionFlow
from registry.models import Suspension

FROM, LIFTED, THROUGH = -52, -45, -39
GROUND = (
    "Решение № 14: у двух наставников не подтверждено обучение. До подтверждения "
    "наставничество приостановлено, репетиторство продолжается."
)
MENDED = "Представлены журналы обучения обоих наставников за шестнадцать часов."


def plan(stage: Stage) -> None:
    """Mentoring is suspended and allowed again."""
    stage.agenda.add(stage.days.back(FROM, 12), _suspend, stage)


def _suspend(stage: Stage, at: datetime) -> None:
    by = stage.acting("olga")
    scope = suspending.Scope(
        from_on=at.date(), through_on=stage.days.on(THROUGH), type=stage.version("T03").type
    )
    held = suspending.draft(stage.ngo(OPORA), scope, by=by, at=at)
    confirmed = _touched(held, by, at)
    SuspensionFlow.suspend(held, by=by, at=at, key=stage.key(), reason=GROUND, confirmed=confirmed)
    stage.agenda.add(stage.days.back(LIFTED, 16), _lift, stage, held)


def _touched(held: Suspension, by: Acting, at: datetime) -> str:
    """The sign of what it touches, once it was looked at."""
    touched = ripple.touched_by(
        SuspensionFlow.suspend.ripple, Ask(held, by, at, rules_on(at.date()))
    )
    return ripple.digest(touched) if touched else ""


def _lift(stage: Stage, held: Suspension, at: datetime) -> None:
    SuspensionFlow.lift(held, by=stage.acting("andrei"), at=at, key=stage.key(), reason=MENDED)
