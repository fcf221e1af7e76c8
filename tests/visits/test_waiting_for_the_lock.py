"""Whoever waits for a case sees what was changed meanwhile, also in what the case points at."""

import threading
import time
from datetime import timedelta

from django.db import connection, connections, transaction

from accounts.roles import Role
from tests.visits import asking
from tests.visits import receiving as make
from tests.visits.asking import hat, volunteer_of
from visits.flows import VisitFlow
from visits.models import Visit

WAITING = "select count(*) from pg_locks where not granted"
PATIENCE = 10


def wait_for_somebody_to_wait() -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        with connection.cursor() as cursor:
            cursor.execute(WAITING)
            if cursor.fetchone() != (0,):
                return
        time.sleep(0.02)
    raise AssertionError("nobody waits for the lock")


def test_whoever_declines_while_the_visit_moves_frees_a_place_where_it_moved(clone: str) -> None:
    cast = make.house()
    one, two = make.helper(cast), make.helper(cast, "Пётр")
    visit = make.request(cast, one, two)
    other = make.slot(cast, 16)
    names = {"slot": str(other.pk), "supervisor": str(cast.desk.pk), "reason": "В 11 концерт"}
    offered = asking.take(VisitFlow.move, visit, hat(cast, Role.DESK), **names)
    moment = make.NOON + timedelta(minutes=5)
    trouble: list[BaseException] = []

    def decline() -> None:
        mine = Visit.objects.select_related("case").get(pk=visit.pk)
        try:
            VisitFlow.decline(mine, by=volunteer_of(two), at=moment, key=make.key(), reason="")
        except BaseException as error:
            trouble.append(error)
        finally:
            connections.close_all()

    thread = threading.Thread(target=decline)
    with transaction.atomic():
        VisitFlow.accept(
            offered, by=hat(cast, Role.COORDINATOR), at=moment, key=make.key(), reason=""
        )
        thread.start()
        wait_for_somebody_to_wait()
    thread.join()
    assert trouble == []
    assert [make.slot(cast, hour).used for hour in (11, 16)] == [0, 1]
