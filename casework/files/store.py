"""Where the bytes lie: one folder outside the web root, each file under its own hash.

Written aside, flushed and renamed before its row is committed: no row is without its bytes. Bytes
without a row, of a transaction that failed, are swept after a day.
"""

import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

from casework.models import File

ORPHANED = timedelta(hours=24)
ASIDE = ".aside-"
# One number for everybody: those who take in share it, the sweeper wants it alone.
LOCK = 20150209
ROWS_AT_ONCE = 1000
CHUNK = 1 << 16


def folder() -> Path:
    """The folder of all files."""
    return Path(settings.OPEN_DOORS_FILES)


def path_of(sha256: str) -> Path:
    """Where the bytes of this hash lie."""
    return folder() / sha256[:2] / sha256


def hash_of(content: bytes) -> str:
    """What a file is kept under."""
    return hashlib.sha256(content).hexdigest()


def put(content: bytes) -> str:
    """Keep these bytes and say under which hash; within the transaction that writes the row."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock_shared(%s)", [LOCK])
    sha256 = hash_of(content)
    path = path_of(sha256)
    if not matches(path, sha256):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _write(path, content)
    return sha256


def matches(path: Path, sha256: str) -> bool:
    """Whether the bytes there are those of the hash."""
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest() == sha256
    except OSError:
        return False


def is_whole(file: File) -> bool:
    """Whether the bytes to be given out are those that were taken in."""
    return matches(path_of(file.sha256), file.sha256)


def chunks(file: File) -> Iterator[bytes]:
    """The bytes, piece by piece; opened only when the first is asked for."""
    with path_of(file.sha256).open("rb") as stream:
        while piece := stream.read(CHUNK):
            yield piece


def sweep(at: datetime) -> int:
    """Remove bytes without a row that are older than a day; how many. Never while one comes in."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("select pg_try_advisory_xact_lock(%s)", [LOCK])
            if not cursor.fetchone()[0]:
                return 0
        before = (at - ORPHANED).timestamp()
        old = [path for path in _lying() if path.stat().st_mtime < before]
        names = [path.name for path in old]
        known = set(File.objects.filter(sha256__in=names).values_list("sha256", flat=True))
        orphans = [path for path in old if path.name not in known]
        for path in orphans:
            path.unlink(missing_ok=True)
        return len(orphans)


@dataclass(frozen=True)
class Damaged:
    """A file whose bytes are missing, or are not those that were taken in."""

    pk: int
    sha256: str
    missing: bool


def verify() -> tuple[int, list[Damaged]]:
    """How many rows were looked at, and every one whose bytes do not match its hash."""
    read, found, known = 0, [], dict[str, bool]()
    rows = File.objects.order_by("pk").values_list("pk", "sha256").iterator(ROWS_AT_ONCE)
    for pk, sha256 in rows:
        read += 1
        path = path_of(sha256)
        if sha256 not in known:
            known[sha256] = matches(path, sha256)
        if not known[sha256]:
            found.append(Damaged(pk, sha256, not path.exists()))
    return read, found


def _lying() -> Iterator[Path]:
    """Everything in the folder, what was left aside too."""
    return (path for path in folder().glob("*/*") if path.is_file())


def _write(path: Path, content: bytes) -> None:
    handle, aside = tempfile.mkstemp(prefix=ASIDE, dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        Path(aside).replace(path)
    except OSError:
        with suppress(OSError):
            Path(aside).unlink()
        raise
    # The name itself must last as well as the bytes.
    listing = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(listing)
    finally:
        os.close(listing)
