"""Three months of life, taken through the steps: each module plans its own acts."""

from collections.abc import Callable
from datetime import datetime

from django.db import connection, transaction

from demo.life import (
    appeals,
    beginnings,
    checks,
    deals,
    doors,
    handovers,
    kept_away,
    letters,
    okrugs,
    personal,
    promises,
    proposals,
    questions,
    registrations,
    requirements,
    routine,
    suspensions,
    tonight,
    words,
)
from demo.stage import WEEKS, Stage


def live(
    now: datetime, *, weeks: int = WEEKS, say: Callable[[str], object] = lambda text: None
) -> Stage:
    """Live until `now`, all or nothing: one transaction."""
    with transaction.atomic():
        _plan_in_order()
        stage = Stage(now, weeks=weeks, say=say)
        for part in (
            beginnings,
            registrations,
            appeals,
            doors,
            okrugs,
            deals,
            promises,
            proposals,
            handovers,
            checks,
            questions,
            requirements,
            suspensions,
            kept_away,
            routine,
            words,
            personal,
            tonight,
            letters,
        ):
            part.plan(stage)
        stage.agenda.run()
    return stage


def _plan_in_order() -> None:
    """Every query here reads a few rows by their keys: joins are taken as they are written.

    Weighing the order of a dozen joins costs more than running them a thousand times.
    """
    with connection.cursor() as cursor:
        cursor.execute("set local join_collapse_limit to 1")
        cursor.execute("set local jit to off")
