"""Runs the demonstration: engines, migrations, web, worker and beat, until one stops or Ctrl-C."""

import hashlib
import os
import signal
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Iterable, Mapping
from functools import partial
from http import HTTPStatus

from bootstrap import ROOT, probe
from bootstrap.children import Child
from bootstrap.console import say
from bootstrap.engines import Engines, data_folder
from bootstrap.ports import free_port

PATIENCE = 20.0
FIRST_PORT = 8200
AWAITED, MINDING = ("web", "worker"), ("beat",)
LIVED = "select exists (select from accounts_organisation)"
CAST = """
    select format('%s %s: %s', given_name, family_name,
                  string_agg(m.role || ', ' || o.short_name, '; ' order by m.id))
      from accounts_user u join accounts_membership m on m.person_id = u.id
      join accounts_organisation o on o.id = m.organisation_id
     where u.email like '%@open-doors.example' group by u.id order by u.id
"""


def demo() -> int:
    """Start everything and stay; 0 after Ctrl-C, 1 when a process died."""
    began = time.monotonic()
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: stop.set())
    found = Engines(data_folder())
    if not found.claim():
        raise SystemExit(f"Open Doors is already running on {found.data}. Stop it first.")
    children: list[Child] = []
    try:
        found.start()
        env = _environment(found.env)
        _migrate(env, found)
        _rehearse(env, found)
        if stop.is_set():
            return 0
        port = _port()
        env.setdefault("OPEN_DOORS_URL", f"http://127.0.0.1:{port}")
        children += _processes(env, port, AWAITED)
        ready = _wait_until_ready(port, [*found.children(), *children], stop)
        # Whoever waits for a page need not share the cores with what only minds the clock.
        if not stop.is_set():
            children += _processes(env, port, MINDING)
        if ready:
            say("demo", f"ready in {time.monotonic() - began:.1f} s; Ctrl-C stops everything")
            _introduce(found, port)
            print(f"http://127.0.0.1:{port}/", flush=True)
        return _watch([*found.children(), *children], stop)
    finally:
        for child in reversed(children):
            child.stop()
        found.stop()
        say("demo", "stopped")


def _environment(addresses: Mapping[str, str]) -> dict[str, str]:
    env = dict(os.environ) | dict(addresses)
    env |= {
        "DJANGO_SETTINGS_MODULE": "config.settings.demo",
        "OPEN_DOORS_BOOT": uuid.uuid4().hex,
        "OPEN_DOORS_DB_ROLE": "open_doors_app",
        "PYTHONUNBUFFERED": "1",
        # Celery's words about root are for production.
        "C_FORCE_ROOT": "1",
        "PYTHONWARNINGS": "ignore::UserWarning:celery.platforms",
    }
    return env


def _migrate(env: Mapping[str, str], found: Engines) -> None:
    """Migrations run as the owner of the database: the application's role may not alter it.

    The stamp beside the data says which migrations it has seen: a second start need not look.
    """
    stamp, sign = found.data / "migrated", _sign()
    ours = found.postgres is not None and not found.empty()
    if ours and stamp.exists() and stamp.read_text(encoding="utf-8") == sign:
        return
    command = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
    owner = {**env, "OPEN_DOORS_DB_ROLE": ""}
    if subprocess.run(command, cwd=ROOT, env=owner, check=False).returncode:
        raise SystemExit("The migrations failed; nothing was started.")
    stamp.write_text(sign, encoding="utf-8")


def _sign() -> str:
    """What the tables depend on: our migrations and the libraries' versions."""
    files = [*sorted(ROOT.glob("*/migrations/*.py")), ROOT / "requirements" / "runtime.txt"]
    signed = hashlib.sha256()
    for file in files:
        signed.update(file.name.encode() + file.read_bytes())
    return signed.hexdigest()


def _rehearse(env: Mapping[str, str], found: Engines) -> None:
    """The months that the cast has lived, once: a look tells whether they are there already."""
    if found.postgres and found.postgres.query(LIVED) == "t":
        return
    began = time.monotonic()
    command = [sys.executable, "manage.py", "rehearse", "--if-empty"]
    if subprocess.run(command, cwd=ROOT, env=env, check=False).returncode:
        raise SystemExit("The rehearsal failed; nothing was started.")
    say("demo", f"the cast is ready after {time.monotonic() - began:.1f} s")


def _introduce(found: Engines, port: int) -> None:
    """Who lives here, and the page on which one becomes any of them."""
    print(f"http://127.0.0.1:{port}/demo/ makes you any of these people:", flush=True)
    if found.postgres:
        for line in found.postgres.query(CAST).splitlines():
            print(f"  {line}", flush=True)


def _port() -> int:
    first = int(os.environ.get("OPEN_DOORS_PORT") or FIRST_PORT)
    port = free_port(first, first + 50)
    if port != first:
        say("demo", f"port {first} is taken, using {port}")
    return port


def commands(port: int) -> dict[str, list[str]]:
    """The long-running processes by name, in the order they start."""
    web = f"gunicorn config.wsgi --bind 127.0.0.1:{port} --worker-class gthread --workers 1"
    web += " --threads 4 --graceful-timeout 5 --no-control-socket --log-level warning"
    worker = "celery --quiet -A config worker --loglevel warning --concurrency 1"
    worker += " --without-gossip --without-mingle"
    beat = "celery --quiet -A config beat --loglevel warning --pidfile="
    lines = {"web": web, "worker": worker, "beat": beat}
    found = {name: [sys.executable, "-m", *line.split()] for name, line in lines.items()}
    found["beat"] += ["--schedule", str(data_folder() / "beat-schedule")]
    return found


def _processes(env: Mapping[str, str], port: int, tags: Iterable[str]) -> list[Child]:
    lines = commands(port)
    return [Child(tag, lines[tag], env=env, on_line=partial(say, tag)) for tag in tags]


def _wait_until_ready(port: int, watched: list[Child], stop: threading.Event) -> bool:
    """True when the pages can be used; says so if only the web process answers."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and not stop.is_set() and not _dead(watched):
        if probe.status(port, "/readyz") == HTTPStatus.OK:
            return True
        stop.wait(0.1)
    if stop.is_set() or _dead(watched):
        return False
    if probe.status(port, "/healthz") == HTTPStatus.OK:
        say("demo", f"/readyz is not 200 after {PATIENCE:.0f} s; the pages answer already")
        return True
    say("demo", f"no page answers after {PATIENCE:.0f} s; see the messages above")
    return False


def _dead(watched: list[Child]) -> list[Child]:
    return [child for child in watched if child.exit_code is not None]


def _watch(watched: list[Child], stop: threading.Event) -> int:
    while not stop.wait(0.3):
        if dead := _dead(watched):
            say("demo", f"{dead[0].tag} ended with {dead[0].exit_code}; stopping everything")
            return 1
    return 0
