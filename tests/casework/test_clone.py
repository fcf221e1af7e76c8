"""The database of one's own that races and stories run on."""

import threading

import pytest
from django.db import ProgrammingError, connection

from accounts.models import User


def test_a_thread_sees_what_was_committed(clone: str) -> None:
    User.objects.create_user("seen@example.org")
    seen: list[int] = []

    def look() -> None:
        seen.append(User.objects.filter(email="seen@example.org").count())
        connection.close()

    thread = threading.Thread(target=look)
    thread.start()
    thread.join()
    assert seen == [1]


def test_the_next_copy_is_clean_again(clone: str) -> None:
    assert User.objects.count() == 0


def test_it_is_used_as_the_role_that_owns_nothing(clone: str) -> None:
    with connection.cursor() as cursor, pytest.raises(ProgrammingError):
        cursor.execute("truncate casework_decision")
