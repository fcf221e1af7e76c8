"""The audit trail finds what was changed, moved or cut, and the application cannot change it."""

import json
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from casework.models import Entry
from casework.trail import record, verify

pytestmark = pytest.mark.django_db


def sql(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.fixture
def a_trail() -> None:
    for number in range(30):
        record(
            tenant=number % 3, actor=number, action="tested", subject=f"case:{number}", values="x"
        )


@pytest.fixture
def an_intruder(a_trail: None) -> None:
    """Somebody who owns the database and has put the guards to sleep."""
    sql("alter table casework_entry disable trigger all")


def test_an_untouched_trail_holds(a_trail: None) -> None:
    assert verify() == (30, None)


def test_the_database_gives_the_time_and_the_place(a_trail: None) -> None:
    first = Entry.objects.get(chain=0, seq=1)
    assert (first.actor, first.subject, len(first.digest)) == (0, "case:0", 64)
    assert list(Entry.objects.filter(chain=1).order_by("id").values_list("seq", flat=True)) == list(
        range(1, 11)
    )


@pytest.mark.parametrize(
    ("statement", "place", "reason"),
    [
        ("update casework_entry set actor = 99 where chain=1 and seq=4", (1, 4), "changed"),
        (
            "update casework_entry set at = at - interval '1 hour' where chain=1 and seq=4",
            (1, 4),
            "changed",
        ),
        ("delete from casework_entry where chain=2 and seq=5", (2, 5), "missing"),
        ("delete from casework_entry where chain=0 and seq > 7", (0, 8), "the tail was cut"),
        ("delete from casework_entry where chain=0", (0, 1), "the tail was cut"),
        ("delete from casework_chainhead where chain=2", (2, 10), "the head of the chain is gone"),
        (
            "update casework_entry a set subject=b.subject, actor=b.actor from casework_entry b"
            " where a.chain=1 and b.chain=1 and (a.seq, b.seq) in ((2,3),(3,2))",
            (1, 2),
            "changed",
        ),
    ],
)
def test_each_kind_of_tampering_is_found_at_its_place(
    an_intruder: None, statement: str, place: tuple[int, int], reason: str
) -> None:
    sql(statement)
    _, broken = verify()
    assert broken is not None
    assert ((broken.chain, broken.seq), broken.reason) == (place, reason)


def test_the_command_names_the_bad_row_and_fails(an_intruder: None) -> None:
    sql("update casework_entry set action = 'other' where chain=1 and seq=2")
    out = StringIO()
    with pytest.raises(SystemExit) as stop:
        call_command("verify_audit", "--json", stdout=out)
    assert stop.value.code == 1
    assert json.loads(out.getvalue())["broken"] == {"chain": 1, "seq": 2, "reason": "changed"}


@pytest.mark.parametrize("role", ["open_doors_app", "none"])
@pytest.mark.parametrize(
    "statement",
    [
        "update casework_entry set action = 'x'",
        "delete from casework_entry",
        "truncate casework_entry",
    ],
)
def test_nobody_changes_the_trail(a_trail: None, role: str, statement: str) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        sql(f"set local role {role}; {statement}")


@pytest.mark.parametrize(
    "statement",
    [
        "update casework_chainhead set seq = 0",
        "alter table casework_entry disable trigger all",
        "create table mine (id int)",
        "set local session_replication_role = replica",
    ],
)
def test_the_application_owns_nothing(a_trail: None, statement: str) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        sql(f"set local role open_doors_app; {statement}")


def test_the_application_writes_its_lines(a_trail: None) -> None:
    with transaction.atomic():
        sql("set local role open_doors_app")
        record(tenant=5, actor=1, action="written", subject="case:1")
        sql("reset role")
    assert verify() == (31, None)
