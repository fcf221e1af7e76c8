"""One link, opened twice at the same moment: one role is granted, one password set."""

import threading

from django.db import connection
from django.utils import timezone

from accounts.models import Membership, User
from accounts.roles import Role
from casework.invitations import Names, accept_as_new, invite
from casework.models import Entry
from casework.process import Refused
from tests.factories import organisation

TOGETHER = 6


def test_a_link_opened_by_many_at_once_is_used_once(clone: str) -> None:
    at = timezone.now()
    sent = invite("new@example.org", Role.VOLUNTEER, organisation("ngo"), None, at)
    start, outcomes = threading.Barrier(TOGETHER), []

    def come_in(number: int) -> None:
        start.wait()
        try:
            accept_as_new(sent, Names("Белова", "Анна", "", f"a-long-secret-{number}"), at=at)
            outcomes.append(number)
        except Refused:
            outcomes.append(-1)
        finally:
            connection.close()

    threads = [threading.Thread(target=come_in, args=(number,)) for number in range(TOGETHER)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    (winner,) = (number for number in outcomes if number >= 0)
    assert len(outcomes) == TOGETHER
    assert Membership.objects.count() == 1
    assert User.objects.get().check_password(f"a-long-secret-{winner}")
    assert Entry.objects.filter(action="membership.granted").count() == 1


def test_an_address_invited_by_many_at_once_gets_one_letter(clone: str) -> None:
    at, ngo = timezone.now(), organisation("ngo")
    start, outcomes = threading.Barrier(TOGETHER), []

    def send() -> None:
        start.wait()
        try:
            outcomes.append(invite("new@example.org", Role.VOLUNTEER, ngo, None, at).pk)
        except Refused:
            outcomes.append(0)
        finally:
            connection.close()

    threads = [threading.Thread(target=send) for _ in range(TOGETHER)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(outcomes) == TOGETHER
    assert len([one for one in outcomes if one]) == 1
    assert User.objects.get().notices.count() == 1
