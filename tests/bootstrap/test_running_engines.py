"""The embedded engines, for real: started, shared, stopped."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from bootstrap.engines import Engines, engines, running
from bootstrap.postgres import Postgres


@pytest.fixture
def data(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A data folder anyone can reach, and an environment that names no engines."""
    for name in ("DATABASE_URL", "REDIS_URL"):
        monkeypatch.delenv(name, raising=False)
    with tempfile.TemporaryDirectory(prefix="od-") as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


def test_engines_are_shared_and_stopped_by_who_started_them(data: Path) -> None:
    with running(data, durable=False) as first:
        assert first.empty()
        with running(data, durable=False) as second:
            assert second.env == first.env
            assert second.children() == []
            assert not second.claim()
        assert first.postgres is not None
        assert first.postgres.ready()
        children = first.children()
        assert len(children) == 2
    assert all(child.exit_code is not None for child in children)
    assert not first.postgres.ready()
    with running(data, durable=False) as again:
        assert again.env == first.env


def test_cyrillic_letters_are_letters(data: Path) -> None:
    with running(data, durable=False) as found:
        assert found.postgres is not None
        assert found.postgres.query("select lower('ЁЛКА') || (E'«Ё»' ~ '\\w')::text") == "ёлкаtrue"
        assert found.postgres.query("show server_encoding") == "UTF8"


def test_addresses_already_named_are_honoured(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://elsewhere/db")
    monkeypatch.setenv("REDIS_URL", "redis://elsewhere")
    with engines(data) as env:
        assert env == {"DATABASE_URL": "postgres://elsewhere/db", "REDIS_URL": "redis://elsewhere"}
    assert list(data.iterdir()) == []


def test_only_what_is_missing_is_started(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://elsewhere/db")
    with running(data, durable=False) as found:
        assert [child.tag for child in found.children()] == ["valkey"]
        assert found.env["DATABASE_URL"] == "postgres://elsewhere/db"


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has to become somebody else")
def test_root_without_user_namespaces_becomes_nobody(data: Path) -> None:
    postgres = Postgres(data, durable=False, namespaces=False)
    try:
        postgres.start()
        assert postgres.query("select 1") == "1"
        assert (data / "pg").stat().st_uid == 65534
    finally:
        postgres.stop()


def test_a_killed_initdb_leaves_nothing_in_the_way(data: Path) -> None:
    (data / "pg.new").mkdir()
    (data / "pg.new" / "half").touch()
    found = Engines(data, durable=False)
    assert found.claim()
    try:
        found.start()
        assert (data / "pg" / "PG_VERSION").exists()
        assert not (data / "pg.new").exists()
    finally:
        found.stop()
