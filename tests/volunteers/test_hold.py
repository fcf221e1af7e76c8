"""Whoever books by a clearance and whoever revokes it never pass each other unseen."""

import threading
from datetime import UTC, datetime

from django.db import connection, transaction

from accounts.roles import Role
from tests.factories import department, ngo
from tests.volunteers.making import give, key, somebody, volunteer
from volunteers.flows.outcome import OutcomeFlow
from volunteers.queries import clearance

NOW = datetime(2026, 7, 8, 9, tzinfo=UTC)
PATIENCE = 20  # seconds


def test_revoking_waits_for_whoever_has_read_the_clearance(clone: str) -> None:
    department()
    home = ngo().organisation
    anna = volunteer(home)
    made = give(anna, "identity")
    by = somebody(home, Role.COORDINATOR)
    read, done, order = threading.Event(), threading.Event(), list[str]()

    def book() -> None:
        with transaction.atomic():
            clearance.hold([anna.pk])
            read.set()
            done.wait(0.7)  # revoking would be done by now if nothing held it
            order.append("booked")
        connection.close()

    def revoke() -> None:
        read.wait(PATIENCE)
        OutcomeFlow.revoke(made, by=by, at=NOW, key=key(), code="mistake", reason="Ошибка.")
        order.append("revoked")
        done.set()
        connection.close()

    threads = [threading.Thread(target=act) for act in (book, revoke)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    assert order == ["booked", "revoked"]
