"""Letters: none lost, none twice, whatever dies in between."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from datetime import timedelta
from email import message_from_bytes
from pathlib import Path

import pytest
import redis
from django.conf import settings
from django.core import mail
from django.db import connection
from django.utils import timezone

from accounts.models import User
from casework import outbox
from casework.models import Delivery, Notice
from casework.telling import tell
from tests import factories as make

KIND = "concern_reply"
VALUES = {"ref": "C-1", "institution": "Липовая аллея", "code": "", "reason": "Проверили."}
PRELUDE = "import os, signal, django; django.setup()\n"
CLAIM_AND_DIE = """
from django.utils import timezone
from casework import outbox
outbox.claim(timezone.now())
os.kill(os.getpid(), signal.SIGKILL)
"""
SEND_AND_DIE = """
from django.utils import timezone
from casework import outbox
outbox._end = lambda *a, **k: os.kill(os.getpid(), signal.SIGKILL)
outbox.deliver(timezone.now())
"""
SEND_LATER = """
from datetime import timedelta
from django.utils import timezone
from casework import outbox
assert outbox.deliver(timezone.now() + outbox.LEASE + timedelta(seconds=1)) == 1
"""


def told(count: int = 1) -> None:
    people = [make.person(language="ru").pk for _ in range(count)]
    tell(
        User.objects.filter(pk__in=people), kind=KIND, values=VALUES, at=timezone.now(), key="told"
    )


def environment(database: str, folder: Path) -> dict[str, str]:
    where = connection.settings_dict
    return os.environ | {
        "DATABASE_URL": f"postgres://{where['USER']}@/{database}?host={where['HOST']}",
        "OPEN_DOORS_DATA": str(folder),
        "DJANGO_SETTINGS_MODULE": "config.settings.demo",
        "PYTHONWARNINGS": "ignore",
        "C_FORCE_ROOT": "1",
    }


def run(script: str, database: str, folder: Path) -> int:
    command = [sys.executable, "-c", PRELUDE + script]
    return subprocess.run(command, env=environment(database, folder), check=False).returncode


def ids(folder: Path) -> Counter[str]:
    """The Message-IDs of every letter written to the folder's files."""
    found: Counter[str] = Counter()
    for file in (folder / "mail").glob("*.log"):
        for part in file.read_bytes().split(b"-" * 79 + b"\n"):
            if part.strip():
                found[str(message_from_bytes(part.strip())["message-id"])] += 1
    return found


def test_a_worker_killed_between_claim_and_sending_loses_nothing(
    clone: str, tmp_path: Path
) -> None:
    told()
    assert run(CLAIM_AND_DIE, clone, tmp_path) == -signal.SIGKILL
    assert Delivery.objects.get().state == "sending"
    assert outbox.deliver(timezone.now()) == 0
    assert outbox.deliver(timezone.now() + outbox.LEASE + timedelta(seconds=1)) == 1
    assert outbox.deliver(timezone.now() + outbox.LEASE * 9) == 0
    assert len(mail.outbox) == 1


def test_a_worker_killed_after_sending_repeats_the_same_letter_never_another(
    clone: str, tmp_path: Path
) -> None:
    told()
    assert run(SEND_AND_DIE, clone, tmp_path) == -signal.SIGKILL
    assert Delivery.objects.get().state == "sending"
    assert run(SEND_LATER, clone, tmp_path) == 0
    assert list(ids(tmp_path).values()) == [2]
    assert Delivery.objects.get().state == "sent"


def test_several_workers_send_each_letter_once(clone: str) -> None:
    told(120)

    def work() -> None:
        while outbox.deliver(timezone.now()):
            pass
        connection.close()

    workers = [threading.Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    sent = Counter(message.extra_headers["Message-ID"] for message in mail.outbox)
    assert len(sent) == 120
    assert set(sent.values()) == {1}


def test_a_poisonous_letter_is_put_aside_and_holds_nobody_up(
    clone: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    told(2)
    Notice.objects.filter(pk=Notice.objects.earliest("pk").pk).update(kind="no_such_letter")
    at = timezone.now()
    for _ in range(outbox.MOST_TRIES + 1):
        outbox.deliver(at)
        at += timedelta(hours=1)
    assert sorted(Delivery.objects.values_list("state", flat=True)) == ["dead", "sent"]


def test_a_dead_broker_loses_nothing(clone: str, settings: pytest.FixtureRequest) -> None:
    from config.celery import app  # noqa: PLC0415  (the application is made from settings)

    kept = app.conf.broker_url
    app.conf.broker_url = "redis://127.0.0.1:1/0"
    try:
        told()
    finally:
        app.conf.broker_url = kept
    assert outbox.deliver(timezone.now()) == 1


def test_a_flushed_broker_loses_nothing(clone: str, tmp_path: Path) -> None:
    """A real worker with a real beat: the bell is lost, the scan comes anyway."""
    told(3)
    redis.Redis.from_url(settings.CACHES["default"]["LOCATION"]).flushall()
    command = "celery --quiet -A config worker -B --loglevel error --concurrency 1 -s"
    worker = subprocess.Popen(
        [sys.executable, "-m", *command.split(), str(tmp_path / "beat")],
        env=environment(clone, tmp_path),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        deadline = time.monotonic() + 40
        while time.monotonic() < deadline and Delivery.objects.exclude(state="sent").exists():
            time.sleep(0.5)
    finally:
        worker.terminate()
        worker.wait()
    assert list(Delivery.objects.values_list("state", flat=True)) == ["sent"] * 3
    assert list(ids(tmp_path).values()) == [1, 1, 1]
