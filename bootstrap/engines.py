"""PostgreSQL and Valkey for as long as something needs them: given, running already, or started."""

import contextlib
import fcntl
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from bootstrap import ROOT
from bootstrap.children import Child
from bootstrap.console import say
from bootstrap.postgres import Postgres
from bootstrap.valkey import Valkey

NAMES = ("DATABASE_URL", "REDIS_URL")


def data_folder() -> Path:
    """OPEN_DOORS_DATA, or `var` beside the code."""
    return Path(os.environ.get("OPEN_DOORS_DATA") or ROOT / "var").resolve()


class Engines:
    """The two engines over one data folder; what the environment already names is left alone."""

    def __init__(self, data: Path, *, durable: bool = True) -> None:
        """Nothing starts yet; `durable=False` trades safety of the data for speed."""
        self.data = data.resolve()
        self.durable = durable
        self.env: dict[str, str] = {}
        self.postgres: Postgres | None = None
        self.started: list[Postgres | Valkey] = []
        self._lock: IO[str] | None = None

    def claim(self) -> bool:
        """Take the data folder; False when another process has it."""
        self.data.mkdir(parents=True, exist_ok=True)
        lock = (self.data / "lock").open("a")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            lock.close()
            return False
        self._lock = lock
        return True

    def start(self) -> None:
        """Start what the environment does not name; the folder must be claimed."""
        began = time.monotonic()
        self.env = _given()
        if "DATABASE_URL" not in self.env:
            self.postgres = Postgres(self.data, durable=self.durable)
            self.started.append(self.postgres)
            self.postgres.start()
            self.env["DATABASE_URL"] = self.postgres.url
        if "REDIS_URL" not in self.env:
            valkey = Valkey(self.data)
            self.started.append(valkey)
            valkey.start()
            self.env["REDIS_URL"] = valkey.url
        if self.started:
            say("engines", f"ready in {time.monotonic() - began:.1f} s, data in {self.data}")

    def join(self, patience: float = 30) -> bool:
        """Use the engines another process runs here; False if it ended and the folder is ours."""
        postgres, valkey = Postgres(self.data), Valkey(self.data)
        deadline = time.monotonic() + patience
        while time.monotonic() < deadline:
            if postgres.ready() and valkey.ready():
                self.env = {"DATABASE_URL": postgres.url, "REDIS_URL": valkey.url} | _given()
                return True
            if self.claim():
                return False
            time.sleep(0.1)
        raise SystemExit(f"Another process holds {self.data}, but no engine answers there.")

    def children(self) -> list[Child]:
        """The processes this object started."""
        return [one.child for one in self.started if one.child is not None]

    def empty(self) -> bool:
        """Whether a database started here has no tables yet."""
        if self.postgres is None:
            return False
        return not self.postgres.query("select to_regclass('django_migrations')")

    def stop(self) -> None:
        """Stop what was started, last first, and give the folder back."""
        for engine in reversed(self.started):
            engine.stop()
        self.started.clear()
        if self._lock is not None:
            self._lock.close()
            self._lock = None


def _given() -> dict[str, str]:
    """The addresses that the environment names, as they are or as files."""
    found = {name: os.environ[name] for name in NAMES if os.environ.get(name)}
    for name in NAMES:
        if path := os.environ.get(f"{name}_FILE"):
            found[name] = Path(path).read_text(encoding="utf-8").strip()
    return found


@contextlib.contextmanager
def running(data: Path | None = None, *, durable: bool = True) -> Iterator[Engines]:
    """Engines for a block of code: those given, those already running here, or fresh ones."""
    found = Engines(data or data_folder(), durable=durable)
    try:
        if set(_given()) == set(NAMES):
            found.env = _given()
        elif found.claim() or not found.join():
            found.start()
        yield found
    finally:
        found.stop()


@contextlib.contextmanager
def engines(data: Path | None = None, *, durable: bool = True) -> Iterator[dict[str, str]]:
    """DATABASE_URL and REDIS_URL of engines that run for the length of the block."""
    with running(data, durable=durable) as found:
        yield found.env
