"""What `make` offers besides the demonstration: tests, checks, speed, lock files, secrets."""

import os
import secrets
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from bootstrap import ROOT
from bootstrap.environment import LEVELS, Environment

CHECKS = (
    ("ruff", "check", "."),
    ("ruff", "format", "--check", "."),
    ("mypy", "."),
    ("lint-imports",),
)
LOCK = "pip compile -q --generate-hashes --universal --python-version 3.11"
LOCK += " --no-annotate --no-header --no-emit-index-url"


def test(arguments: Sequence[str]) -> int:
    """Run every test but the drills."""
    return _pytest(["-n", "2", "--ignore", "tests/drills", "-m", "not drill", *arguments])


def drill(arguments: Sequence[str]) -> int:
    """Run the races and faults, one after the other: each wants the machine for itself.

    Then the stories in their second language and the demonstration's second start.
    """
    if failed := _pytest(["tests/drills", *arguments]):
        return failed
    return _pytest(["-n", "2", "tests/stories", "tests/demo", "-m", "drill", *arguments])


def _pytest(arguments: Sequence[str]) -> int:
    """pyproject.toml names the plugin that starts engines."""
    command = [sys.executable, "-m", "pytest", *arguments]
    env = os.environ | {"DJANGO_SETTINGS_MODULE": "config.settings.test"}
    return subprocess.run(command, cwd=ROOT, env=env, check=False).returncode


def lint() -> int:
    """Run every static check; 1 if any complains."""
    programs = Path(sys.executable).parent
    failed = 0
    for name, *rest in CHECKS:
        print(f"$ {' '.join([name, *rest])}", flush=True)
        done = subprocess.run([str(programs / name), *rest], cwd=ROOT, check=False)
        failed += done.returncode != 0
    return 1 if failed else 0


def check() -> int:
    """Run the tests and every static check."""
    return max(test([]), lint())


def bench(arguments: Sequence[str]) -> int:
    """Measure the product beside a bare Django, on engines that are thrown away."""
    command = [sys.executable, "-m", "benchmarks", *arguments]
    return subprocess.run(command, cwd=ROOT, check=False).returncode


def lock() -> int:
    """Write the lock files anew from requirements/*.in."""
    uv = Environment().uv()
    if uv is None:
        raise SystemExit("The lock files are written with uv: install it first.")
    for level in LEVELS:
        files = [f"requirements/{level}.in", "-o", f"requirements/{level}.txt"]
        subprocess.run([uv, *LOCK.split(), *files], cwd=ROOT, check=True)
    return 0


def make_secrets(folder: Path = ROOT / "var" / "secrets") -> int:
    """Write the files docker-compose.yml reads, leaving those that exist."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    password = folder / "postgres_password"
    if not password.exists():
        password.write_text(secrets.token_urlsafe(24), encoding="utf-8")
    owner = f"open_doors:{password.read_text(encoding='utf-8').strip()}"
    values = {
        "database_url": f"postgres://{owner}@postgres:5432/open_doors",
        "secret_key": secrets.token_urlsafe(50),
        "seal_keys": secrets.token_urlsafe(32),
        "index_key": secrets.token_urlsafe(32),
    }
    for name, value in values.items():
        if not (folder / name).exists():
            (folder / name).write_text(value, encoding="utf-8")
    return 0
