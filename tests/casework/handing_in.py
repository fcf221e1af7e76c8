"""Handing files in, in tests."""

from datetime import UTC, datetime

from accounts.hats import Acting
from casework.files import store, take_in
from casework.models import File
from tests.uploads import upload

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)


def taken(head: Acting, content: bytes, name: str = "устав.pdf", at: datetime = NOW) -> File:
    assert head.organisation is not None
    return take_in(upload(content, name), owner=head.organisation, by=head.user, at=at)  # type: ignore[arg-type]


def kept(file: File) -> bytes:
    return store.path_of(file.sha256).read_bytes()
