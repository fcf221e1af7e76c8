"""Two deciders in the same second: one decides, the other is told who."""

import threading
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from django.db import connections
from django.utils import timezone

from accounts.roles import Role
from casework.models import Decision, Notice
from casework.process import Refused
from tests import factories
from tests.visits import receiving as make
from visits.flows import VisitFlow
from visits.models import Visit


def deciders(cast: SimpleNamespace, visit: Visit, day: Any) -> list[Any]:
    """The director approves; the desk refuses; both have read the same version."""
    seen, moment = visit.case.version, make.NOON + timedelta(minutes=5)
    director = factories.acting(cast.director, day, Role.DIRECTOR)
    desk = factories.acting(cast.desk, day, Role.DESK)
    approval = {"supervisor": str(cast.desk.pk), "reason": ""}
    refusal = {"code": "V1", "reason": ""}
    return [
        lambda: VisitFlow.approve(
            visit, by=director, at=moment, key=make.key(), seen=seen, **approval
        ),
        lambda: VisitFlow.refuse(visit, by=desk, at=moment, key=make.key(), seen=seen, **refusal),
    ]


def test_only_one_of_two_decisions_is_taken(clone: str) -> None:
    assert timezone.now() > make.NOON
    cast = make.house()
    visits = [make.request(cast, make.helper(cast), hour=hour) for hour in (11, 16)]
    for visit in visits:
        gate, outcomes = threading.Barrier(2), []

        def run(step: Any, gate: Any = gate, outcomes: list[str] = outcomes) -> None:
            gate.wait()
            try:
                outcomes.append(step().step)
            except Refused as refused:
                outcomes.append(refused.objections[0].code)
            finally:
                connections.close_all()

        threads = [
            threading.Thread(target=run, args=(step,)) for step in deciders(cast, visit, make.TODAY)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        taken = Decision.objects.get(case=visit.case, decides=True)
        assert sorted(outcomes) == sorted([taken.step, "changed"])
        told = Notice.objects.filter(case=visit.case).exclude(kind="visit_request")
        assert set(told.values_list("kind", flat=True)) == {f"visit_{taken.step}"}
        used = make.again(visit).slot.used
        assert used == (1 if taken.step == "approve" else 0)
