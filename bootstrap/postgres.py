"""The embedded PostgreSQL: one cluster in the data folder, reached by a unix socket."""

import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

from bootstrap import identity
from bootstrap.children import Child
from bootstrap.console import say
from bootstrap.ports import socket_folder

NAME = "open_doors"
# With a ctype of C, trigrams of Cyrillic are empty and full text misses words inside quotes.
LOCALE = (
    "--encoding=UTF8",
    "--locale=C",
    "--lc-ctype=C.UTF-8",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
)
SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "60",
    "shared_buffers": "64MB",
    "log_min_messages": "warning",
    "log_checkpoints": "off",
    "timezone": "UTC",
}
# For data that may be lost at any moment: the tests'.
NOT_DURABLE = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_wal_size": "2GB",
    "autovacuum": "off",
    "max_connections": "100",
}
LOUD = ("ERROR", "FATAL", "PANIC", "WARNING")


class Postgres:
    """One cluster: created when missing, started, stopped."""

    def __init__(self, data: Path, *, durable: bool = True, namespaces: bool = True) -> None:
        """Nothing starts yet; `namespaces=False` never uses user namespaces."""
        self.data = data.resolve()
        self.durable = durable
        self.cluster = self.data / "pg"
        self.sockets = socket_folder(self.data, ".s.PGSQL.5432")
        self.programs = identity.binaries()
        self.namespaces = namespaces
        self.child: Child | None = None

    @property
    def url(self) -> str:
        """The address for DATABASE_URL."""
        return f"postgres://{NAME}@/{NAME}?host={self.sockets}"

    def ready(self) -> bool:
        """Whether a server answers on the socket."""
        command = [self._program("pg_isready"), "-q", *self._target("postgres")]
        return subprocess.run(command, capture_output=True, check=False).returncode == 0

    def query(self, sql: str, database: str = NAME) -> str:
        """What psql answers, unaligned and without headers."""
        command = [self._program("psql"), *self._target(database), "-Atqc", sql]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            raise SystemExit(done.stderr.strip())
        return done.stdout.strip()

    def start(self) -> None:
        """Create the cluster if it is missing, start the server, create the database."""
        who = identity.choose(self.data, namespaces=self.namespaces)
        self.programs = who.binaries
        if who.uid is not None:
            os.chown(self.sockets, who.uid, who.uid)
        if not (self.cluster / "PG_VERSION").exists():
            self._create(who)
        self._stop_left_over()
        self.child = Child(
            "postgres",
            self._command(who),
            stop_signal=signal.SIGINT,  # a fast shutdown: sessions end, nothing is lost
            grace=20,
            uid=who.uid,
            on_line=self._pass_on,
        )
        self._wait(self.child)
        if NAME not in self.query("select datname from pg_database", "postgres").split():
            self.query(f"create database {NAME}", "postgres")

    def stop(self) -> None:
        """Stop the server this object started."""
        if self.child is not None:
            self.child.stop()

    def _create(self, who: identity.Identity) -> None:
        """Run initdb beside the final place and rename: a killed initdb leaves no half cluster."""
        side = self.cluster.with_name("pg.new")
        shutil.rmtree(side, ignore_errors=True)
        side.mkdir(mode=0o700, parents=True)
        if who.uid is not None:
            os.chown(side, who.uid, who.uid)
        command = [*who.prefix, self._program("initdb"), "-D", str(side), "-U", NAME, "-A", "trust"]
        command += [*LOCALE, *([] if self.durable else ["--no-sync"])]
        done = subprocess.run(
            command,
            capture_output=True,
            text=True,
            user=who.uid,
            group=who.uid,
            extra_groups=None if who.uid is None else [],
            check=False,
        )
        if done.returncode:
            raise SystemExit(f"The database could not be created:\n{done.stdout}{done.stderr}")
        side.rename(self.cluster)

    def _command(self, who: identity.Identity) -> list[str]:
        settings = SETTINGS | {"unix_socket_directories": str(self.sockets)}
        if not self.durable:
            settings |= NOT_DURABLE
        command = [*who.prefix, self._program("postgres"), "-D", str(self.cluster)]
        for name, value in settings.items():
            command += ["-c", f"{name}={value}"]
        return command

    def _stop_left_over(self) -> None:
        """Stop a server that lost its supervisor; the caller holds the data folder's lock."""
        if (pid := self._pid()) is None or not self.ready():
            return
        say("postgres", f"stopping a server left over from an earlier start (process {pid})")
        os.kill(pid, signal.SIGINT)
        for _ in range(200):
            if self._pid() is None:
                return
            time.sleep(0.1)
        raise SystemExit(f"The PostgreSQL process {pid} does not stop.")

    def _pid(self) -> int | None:
        try:
            pid = int((self.cluster / "postmaster.pid").read_text().split()[0])
            os.kill(pid, 0)
        except (OSError, ValueError, IndexError):
            return None
        return pid

    def _wait(self, child: Child) -> None:
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            if child.exit_code is not None:
                raise SystemExit(f"PostgreSQL did not start:\n{child.output()}")
            if self.ready():
                return
            time.sleep(0.05)
        child.stop()
        raise SystemExit("PostgreSQL was not ready after a minute.")

    def _pass_on(self, line: str) -> None:
        if self.durable and any(word in line for word in LOUD) and "starting up" not in line:
            say("postgres", line)

    def _program(self, name: str) -> str:
        return str(self.programs / name)

    def _target(self, database: str) -> list[str]:
        return ["-h", str(self.sockets), "-U", NAME, "-d", database]
