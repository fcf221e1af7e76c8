"""Files that were handed in: how they lie, who gets them and for how long."""

import json
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection, transaction
from django.db.utils import IntegrityError, InternalError
from django.test import Client

from accounts.hats import Acting
from accounts.roles import Role
from casework import tasks
from casework.files import link, store
from casework.models import Entry, File, MediaType
from tests import factories as make
from tests.accounts.sessions import signed_in
from tests.casework.handing_in import NOW, kept, taken
from tests.casework.hostile_files import JS
from tests.uploads import pdf

HOUR = timedelta(hours=1)
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("folder")]


def test_the_same_bytes_lie_once_under_their_hash_and_nobody_else_reads_them(
    head: Acting, folder: Path
) -> None:
    first, second = taken(head, pdf()), taken(head, pdf(), "копия.pdf")
    assert first.pk != second.pk
    (path,) = folder.glob("*/*")
    assert path == folder / first.sha256[:2] / first.sha256
    assert path.stat().st_mode & 0o077 == 0
    assert path.parent.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    "change",
    [
        "update casework_file set name = 'другой'",
        "update casework_file set sha256 = repeat('0', 64)",
        "delete from casework_file",
        "set constraints all immediate; truncate casework_file cascade",
    ],
)
def test_what_was_handed_in_is_never_changed(head: Acting, change: str) -> None:
    taken(head, pdf())
    with pytest.raises(InternalError, match="append-only"), connection.cursor() as cursor:
        cursor.execute(change)


@pytest.mark.parametrize(
    "wrong", [{"sha256": "A" * 64}, {"size": 0}, {"media_type": "text/html"}], ids=str
)
def test_the_database_keeps_only_what_can_be(head: Acting, wrong: dict[str, Any]) -> None:
    sound = {"sha256": "a" * 64, "size": 1, "media_type": MediaType.PDF, "name": "устав.pdf"}
    who = {"owner": head.organisation, "uploaded_by": head.user, "uploaded_at": NOW}
    with pytest.raises(IntegrityError), transaction.atomic():
        File.objects.create(**sound | who | wrong)


def test_bytes_without_a_row_are_swept_after_a_day(head: Acting, folder: Path) -> None:
    file = taken(head, pdf("% kept"))
    with transaction.atomic():
        orphan = store.put(pdf("% of a transaction that failed"))
    left = folder / orphan[:2] / ".aside-1"
    left.write_bytes(b"half of it")
    now = datetime.now(UTC)
    for path in folder.glob("*/*"):
        os.utime(path, ((now - 25 * HOUR).timestamp(),) * 2)
    fresh = store.put(pdf("% just come in"))
    assert store.sweep(now) == 2
    assert {path.name for path in folder.glob("*/*")} == {file.sha256, fresh}


def test_nothing_is_swept_from_a_folder_that_is_not_there() -> None:
    assert store.sweep(NOW) == 0


def test_bytes_that_rotted_are_mended_by_handing_them_in_again(head: Acting) -> None:
    file = taken(head, pdf())
    store.path_of(file.sha256).write_bytes(b"rotten")
    taken(head, pdf())
    assert kept(file) == pdf()


def test_verifying_finds_what_is_damaged_and_what_is_missing(
    head: Acting, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    whole, changed, lost = (taken(head, pdf(f"% {n}")) for n in range(3))
    call_command("verify_files")
    assert capsys.readouterr().out == "3 files, every one as it was taken in.\n"

    with store.path_of(changed.sha256).open("r+b") as stream:
        stream.write(b"%PDF-1.6")
    store.path_of(lost.sha256).unlink()
    with pytest.raises(SystemExit) as left:
        call_command("verify_files", "--json")
    assert left.value.code == 1
    assert json.loads(capsys.readouterr().out) == {
        "files": 3,
        "ok": False,
        "damaged": [
            {"pk": changed.pk, "sha256": changed.sha256, "missing": False},
            {"pk": lost.pk, "sha256": lost.sha256, "missing": True},
        ],
    }
    with pytest.raises(SystemExit):
        call_command("verify_files")
    assert capsys.readouterr().out.splitlines() == [
        f"File {changed.pk} ({changed.sha256}) does not match its hash.",
        f"File {lost.pk} ({lost.sha256}) is missing.",
    ]
    tasks.mind_files()
    assert [f"File {one.pk} " in caplog.text for one in (whole, changed, lost)] == [
        False,
        True,
        True,
    ]


def browser(who: Acting) -> Client:
    return signed_in(who.user, "mfa")  # type: ignore[arg-type]


def read(answer: Any) -> bytes:
    """What came, piece by piece."""
    assert answer.status_code == 200
    return b"".join(answer.streaming_content)


def test_a_link_gives_the_file_to_be_saved_and_never_shown(head: Acting) -> None:
    file = taken(head, pdf())
    answer = browser(head).get(link(file, head))
    assert read(answer) == pdf()
    assert dict(answer.items()) | {
        "Content-Type": "application/pdf",
        "Content-Disposition": "attachment; filename*=utf-8''%D1%83%D1%81%D1%82%D0%B0%D0%B2.pdf",
        "Content-Length": str(len(pdf())),
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, no-store",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Referrer-Policy": "no-referrer",
    } == dict(answer.items())
    entry = Entry.objects.get(action="file.opened")
    assert (entry.actor, entry.subject) == (head.user.pk, f"file:{file.pk}")


def test_a_link_works_for_ten_minutes_and_says_so_calmly_afterwards(head: Acting) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        client, where = browser(head), link(taken(head, pdf()), head)
        clock.move_to(NOW + timedelta(minutes=10))
        assert read(client.get(where)) == pdf()
        clock.move_to(NOW + timedelta(minutes=10, seconds=2))
        answer = client.get(where)
        assert answer.status_code == 410
        assert "Ссылка на файл больше не действует" in answer.content.decode()
        other = make.acting(make.member(head.organisation, Role.HEAD))  # type: ignore[arg-type]
        assert browser(other).get(where).status_code == 404


def test_a_link_is_of_no_use_to_anybody_else(head: Acting) -> None:
    where = link(taken(head, pdf()), head)
    colleague = make.acting(make.member(head.organisation, Role.HEAD))  # type: ignore[arg-type]
    registrar = make.acting(make.registrar())
    assert [browser(who).get(where).status_code for who in (colleague, registrar)] == [404, 404]
    assert Client().get(where)["Location"].startswith("/accounts/login/")
    assert browser(head).post(where).status_code == 405


def test_a_link_cannot_be_made_by_hand(head: Acting) -> None:
    where = link(taken(head, pdf()), head)
    token = where.split("/")[2]
    client = browser(head)
    changed = [token[:n] + ("A" if token[n] != "A" else "B") + token[n + 1 :] for n in (0, 9, 40)]
    for wrong in (*changed, token[:-4], token + "AAAA", "0", "AAAA", "-" * 5000, "_w"):
        assert client.get(f"/files/{wrong}/").status_code == 404, wrong


def test_nothing_of_the_file_stands_in_its_address(head: Acting) -> None:
    file = taken(head, pdf(), "Устав Шаг.pdf")
    assert file.sha256 not in link(file, head)
    assert link(file, head).count("/") == 3


@pytest.mark.parametrize("lost", [True, False])
def test_damaged_bytes_are_not_given_out(head: Acting, lost: bool) -> None:
    file = taken(head, pdf())
    path = store.path_of(file.sha256)
    path.unlink() if lost else path.write_bytes(JS.encode())
    answer = browser(head).get(link(file, head))
    assert answer.status_code == 503
    assert f"№\xa0{file.pk}" in answer.content.decode()
    assert not Entry.objects.filter(action="file.opened").exists()
