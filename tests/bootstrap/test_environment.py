"""When the virtual environment is installed anew."""

from pathlib import Path

import pytest

from bootstrap.environment import Environment


@pytest.fixture
def environment(tmp_path: Path) -> Environment:
    """An environment on disk with an interpreter and two lock files, nothing installed."""
    for level in ("runtime", "development"):
        (tmp_path / f"{level}.txt").write_text(level)
    found = Environment(folder=tmp_path / "venv", locks=tmp_path)
    found.python.parent.mkdir(parents=True)
    found.python.touch()
    return found


def test_without_a_stamp_it_is_installed(environment: Environment) -> None:
    assert environment.needs("runtime") == "runtime"


def test_a_current_stamp_needs_nothing(environment: Environment) -> None:
    environment.mark("runtime")
    assert environment.needs("runtime") is None
    assert environment.prepare("runtime") == environment.python


def test_a_changed_lock_file_is_installed(environment: Environment) -> None:
    environment.mark("runtime")
    environment.lock("runtime").write_text("newer")
    assert environment.needs("runtime") == "runtime"


def test_a_poorer_environment_is_enriched(environment: Environment) -> None:
    environment.mark("runtime")
    assert environment.needs("development") == "development"


def test_a_richer_environment_is_kept_and_kept_current(environment: Environment) -> None:
    environment.mark("development")
    assert environment.needs("runtime") is None
    environment.lock("development").write_text("newer")
    assert environment.needs("runtime") == "development"


def test_a_stamp_without_an_interpreter_does_not_count(environment: Environment) -> None:
    environment.mark("runtime")
    environment.python.unlink()
    assert environment.needs("runtime") == "runtime"
