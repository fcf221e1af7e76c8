"""Databases filled, and the two web servers over each: the same gunicorn, the same options."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field
from http import HTTPStatus
from pathlib import Path

from benchmarks.asks import Ask, Asks
from benchmarks.client import Line
from benchmarks.sizes import Size
from bootstrap import ROOT
from bootstrap.children import Child
from bootstrap.engines import Engines
from bootstrap.ports import free_port
from bootstrap.postgres import NAME, Postgres

WORKERS, THREADS, FIRST_PORT = 2, 4, 8300
BARE, PRODUCT = "bare", "product"
SETTINGS = {BARE: "benchmarks.baseline.settings", PRODUCT: "benchmarks.settings"}
APPLICATIONS = {BARE: "benchmarks.baseline.wsgi", PRODUCT: "config.wsgi"}
READY = {BARE: "/search/?q=x", PRODUCT: "/healthz"}
ROLES = {BARE: "", PRODUCT: "open_doors_app"}
PATIENCE = 60.0
COUNTING = 2  # requests of each kind that the counting of statements sends


@dataclass
class Server:
    """One web server over one filled database."""

    which: str
    size: Size
    database: str
    asks: Asks
    env: dict[str, str]
    port: int = 0
    sql: dict[str, int] = field(default_factory=dict)
    child: Child | None = None

    def start(self, port: int) -> None:
        """Start gunicorn and wait for its first page."""
        self.port = port
        line = f"gunicorn {APPLICATIONS[self.which]} --bind 127.0.0.1:{port} --keep-alive 5"
        line += f" --worker-class gthread --workers {WORKERS} --threads {THREADS}"
        line += " --no-control-socket --graceful-timeout 1 --log-level warning"
        command = [sys.executable, "-m", *line.split()]
        self.child = Child(f"{self.which}-{self.size.name}", command, env=self.env)
        deadline = time.monotonic() + PATIENCE
        while not self._answers():
            if self.child.exit_code is not None or time.monotonic() > deadline:
                raise SystemExit(f"{self.child.tag} did not start:\n{self.child.output()}")
            time.sleep(0.1)

    def stop(self) -> None:
        """Stop it if it runs."""
        if self.child is not None:
            self.child.stop()

    def memory(self) -> float:
        """Megabytes of the largest of its processes."""
        if self.child is None:
            return 0
        pages = [_resident(pid) for pid in _with_children(self.child.process.pid)]
        return max(pages, default=0) * os.sysconf("SC_PAGE_SIZE") / 2**20

    def worked(self) -> float:
        """Seconds of processor time that its processes have spent so far."""
        if self.child is None:
            return 0
        ticks = [_ticks(pid) for pid in _with_children(self.child.process.pid)]
        return sum(ticks) / os.sysconf("SC_CLK_TCK")

    def _answers(self) -> bool:
        line = Line(self.port)
        try:
            return line.send(Ask(READY[self.which]))[0] == HTTPStatus.OK
        except OSError:
            return False
        finally:
            line.close()


class Ground:
    """The engines of a run with a database for each server."""

    def __init__(self, engines: Engines, folder: Path) -> None:
        assert engines.postgres is not None  # noqa: S101  (a run never uses somebody's database)
        self.postgres: Postgres = engines.postgres
        self.folder = folder
        self.base = dict(os.environ) | engines.env

    def prepare(self) -> None:
        """The product's tables and static files, once."""
        env = self._env(PRODUCT, NAME) | {"OPEN_DOORS_DB_ROLE": ""}
        _run(env, "manage.py", "migrate", "--verbosity", "0")
        _run(env, "manage.py", "collectstatic", "--noinput", "--verbosity", "0")

    def servers(self, sizes: list[Size]) -> list[Server]:
        """A bare one and the product's for each size, their databases filled side by side."""
        wanted = [(which, size) for size in sizes for which in (BARE, PRODUCT)]
        for which, size in wanted:
            template = f" template {NAME}" if which == PRODUCT else ""
            made = f"create database {_name(which, size)}{template}"
            self.postgres.query(made, "postgres")
        with ThreadPoolExecutor(os.cpu_count()) as together:
            return list(together.map(lambda one: self._filled(*one), wanted))

    def _filled(self, which: str, size: Size) -> Server:
        """A server over a filled database, not started yet."""
        database = _name(which, size)
        env = self._env(which, database)
        owner = env | {"OPEN_DOORS_DB_ROLE": ""}
        text = _run(owner, "-m", "benchmarks.fill", which, json.dumps(asdict(size)))
        (self.folder / f"{database}.json").write_text(text, encoding="utf-8")
        self.postgres.query("vacuum analyze", database)
        server = Server(which, size, database, Asks.from_text(text), env)
        self._count(server)
        return server

    def _count(self, server: Server) -> None:
        """Count its statements per request; the requests used for it are not sent again."""
        path = self.folder / f"{server.database}.json"
        server.sql = json.loads(_run(server.env, "-m", "benchmarks.count", str(path)))
        for asks in server.asks.cases.values():
            if asks[0].body:
                del asks[-COUNTING:]

    def number(self, server: Server, question: str) -> int:
        """The one number that a question answers."""
        return int(self.postgres.query(question, server.database))

    def _env(self, which: str, database: str) -> dict[str, str]:
        return self.base | {
            "DATABASE_URL": f"postgres://{NAME}@/{database}?host={self.postgres.sockets}",
            "DJANGO_SETTINGS_MODULE": SETTINGS[which],
            "OPEN_DOORS_DB_ROLE": ROLES[which],
            "OPEN_DOORS_BENCH": str(self.folder),
            "OPEN_DOORS_SECRET_KEY": "bench-only-and-known-to-everybody-who-reads-this",
            "OPEN_DOORS_HOSTS": "localhost",
        }


def _name(which: str, size: Size) -> str:
    return f"{which}_{size.name.lower()}"


def start(servers: list[Server]) -> None:
    """All of them, each on a port of its own."""
    port = FIRST_PORT
    for server in servers:
        port = free_port(port, port + 90)
        server.start(port)
        port += 1


def _run(env: Mapping[str, str], *command: str) -> str:
    done = subprocess.run(  # noqa: S603  (our own modules)
        [sys.executable, *command], cwd=ROOT, env=env, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise SystemExit(f"{' '.join(command[:3])} failed:\n{done.stderr[-4000:]}")
    return done.stdout


def _with_children(pid: int) -> list[int]:
    """A process and those it started."""
    path = Path(f"/proc/{pid}/task/{pid}/children")
    return [pid, *map(int, path.read_text().split())] if path.exists() else []


def _ticks(pid: int) -> int:
    """Clock ticks that a process has run, in its own code and in the kernel."""
    words = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return int(words[11]) + int(words[12])


def _resident(pid: int) -> int:
    """Resident pages of a process."""
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1])
