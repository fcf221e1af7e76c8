"""The trail is verified by a button and by itself every day; what was found is kept for good."""

import threading

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from casework import trail
from casework.models import Entry
from oversight import services
from oversight.models import Verification
from oversight.tasks import verify_trail
from tests import factories as make
from tests.oversight.world import browser, of_the_department


def sql(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.fixture
def auditor() -> User:
    return of_the_department(Role.AUDITOR)


@pytest.fixture
def client(auditor: User) -> Client:
    return browser(auditor)


@pytest.fixture
def a_trail() -> None:
    for number in range(20):
        trail.record(tenant=3, actor=None, action="test.started", subject=f"attempt:{number}")


def kept() -> dict[str, object]:
    (row,) = Verification.objects.values(
        "by", "entries", "ok", "broken_chain", "broken_seq", "reason"
    )
    return row


@pytest.mark.django_db
class TestTheButton:
    def test_keeps_who_verified_when_and_what_was_found(
        self, client: Client, auditor: User, a_trail: None
    ) -> None:
        assert client.post("/audit/verify/")["Location"] == "/audit/"
        assert kept() == {
            "by": auditor.pk,
            "entries": 20,
            "ok": True,
            "broken_chain": None,
            "broken_seq": None,
            "reason": "",
        }
        text = client.get("/audit/").content.decode().replace("\u00a0", " ")
        assert "прочитано 20 записей" in text
        assert str(auditor) in text

    def test_names_the_broken_place(self, client: Client, auditor: User, a_trail: None) -> None:
        sql("alter table casework_entry disable trigger all")
        sql("update casework_entry set action = 'other' where chain = 3 and seq = 7")
        sql("alter table casework_entry enable always trigger entry_fill")
        client.post("/audit/verify/")
        assert kept() == {
            "by": auditor.pk,
            "entries": 7,
            "ok": False,
            "broken_chain": 3,
            "broken_seq": 7,
            "reason": "changed",
        }
        text = client.get("/audit/").content.decode().replace("\u00a0", " ")
        assert "цепочка 3 рвётся на записи 7" in text

    def test_only_by_post(self, client: Client) -> None:
        assert client.get("/audit/verify/").status_code == 405
        assert not Verification.objects.exists()

    def test_is_recorded_in_the_trail(self, client: Client, auditor: User) -> None:
        client.post("/audit/verify/")
        entry = Entry.objects.get()
        verified = Verification.objects.get()
        assert (entry.action, entry.actor, entry.subject) == (
            "audit.verified",
            auditor.pk,
            f"verification:{verified.pk}",
        )


@pytest.mark.django_db
def test_the_daily_task_keeps_what_it_found_in_nobodys_name(a_trail: None, client: Client) -> None:
    verify_trail()
    assert (kept()["by"], kept()["entries"], kept()["ok"]) == (None, 20, True)
    assert Entry.objects.get(action="audit.verified").actor is None
    text = client.get("/audit/").content.decode().replace("\u00a0", " ")
    assert "автоматически, как каждый день" in text


@pytest.mark.django_db
def test_a_trail_that_was_never_verified_says_so(client: Client) -> None:
    text = client.get("/audit/").content.decode()
    assert "Журнал ещё не\u00a0проверяли" in text


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "update oversight_verification set ok = true",
        "delete from oversight_verification",
        "truncate oversight_verification",
    ],
)
@pytest.mark.parametrize("role", ["open_doors_app", "none"])
def test_nobody_changes_what_was_found(statement: str, role: str) -> None:
    services.verify(by=None, at=timezone.now())
    with pytest.raises(DatabaseError), transaction.atomic():
        sql(f"set local role {role}; {statement}")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "wrong", [{"ok": True, "broken_chain": 1}, {"ok": False}, {"ok": True, "reason": "changed"}]
)
def test_a_result_is_whole(wrong: dict[str, object]) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        Verification.objects.create(at=timezone.now(), entries=0, **wrong)


def test_entries_written_meanwhile_are_no_fault(clone: str) -> None:
    make.department()
    stop = threading.Event()

    def write() -> None:
        while not stop.is_set():
            trail.record(tenant=1, actor=None, action="test.started", subject="attempt:1")
        connection.close()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        found = [services.verify(by=None, at=timezone.now()) for _ in range(20)]
    finally:
        stop.set()
        writer.join()
    assert [(one.ok, one.reason) for one in found] == [(True, "")] * 20
    assert found[-1].entries > found[0].entries
