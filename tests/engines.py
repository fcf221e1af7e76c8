"""The pytest plugin that gives the tests PostgreSQL and Valkey of their own.

Loaded with `-p tests.engines`, before Django's settings are read. Under xdist the engines start
once, in the controller; the workers inherit the addresses.
"""

import os
from pathlib import Path

import pytest

from bootstrap import ROOT
from bootstrap.engines import Engines

RUNS_AT_ONCE = 16
_started: list[Engines] = []


def _boot() -> None:
    if os.environ.get("PYTEST_XDIST_WORKER"):
        return
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
    if os.environ.get("DATABASE_URL") and os.environ.get("REDIS_URL"):
        return
    base = Path(os.environ.get("OPEN_DOORS_TEST_DATA") or ROOT / "var" / "test")
    # Each of several runs at once takes a folder that no other holds.
    for number in range(RUNS_AT_ONCE):
        engines = Engines(base / str(number), durable=False)
        if engines.claim():
            _started.append(engines)
            engines.start()
            os.environ.update(engines.env)
            return
    raise SystemExit(f"{RUNS_AT_ONCE} test runs are under way on {base}.")


_boot()


@pytest.fixture(autouse=True)
def nothing_left_over() -> None:
    """Empty this worker's cache, where allauth keeps used one-time codes, and forget the language
    in which the test before read its last page.
    """
    from django.core.cache import cache  # noqa: PLC0415  (settings come after the engines)
    from django.utils import translation  # noqa: PLC0415

    cache.clear()
    translation.deactivate()


def pytest_unconfigure() -> None:
    """Stop the engines this process started."""
    for engines in _started:
        engines.stop()
    _started.clear()
