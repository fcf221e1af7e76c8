"""docker-compose.yml and the Dockerfile name only what exists."""

import importlib.util
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.management import get_commands

from bootstrap import ROOT
from bootstrap.postgres import LOCALE

COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
SERVICES: dict[str, Any] = COMPOSE["services"]
OURS = ["migrate", "web", "worker", "beat"]
PROGRAMS = Path(sys.executable).parent


@pytest.mark.parametrize("name", OURS)
def test_a_service_runs_something_that_exists(name: str) -> None:
    program, *rest = SERVICES[name]["command"]
    if program == "python":
        assert (ROOT / rest[0]).is_file()
        assert rest[1] in get_commands()
    else:
        assert shutil.which(program, path=str(PROGRAMS))
        module = rest[rest.index("-A") + 1] if "-A" in rest else rest[0]
        assert importlib.util.find_spec(module) is not None


@pytest.mark.parametrize("name", ["web", "worker", "beat"])
def test_what_serves_people_never_connects_as_the_owner(name: str) -> None:
    assert SERVICES[name]["environment"]["OPEN_DOORS_DB_ROLE"] == "open_doors_app"


def test_migrations_run_as_the_owner() -> None:
    assert "OPEN_DOORS_DB_ROLE" not in SERVICES["migrate"]["environment"]


@pytest.mark.parametrize("name", OURS)
def test_secrets_come_from_files(name: str) -> None:
    service = SERVICES[name]
    files = {v for k, v in service["environment"].items() if k.endswith("_FILE")}
    assert files == {f"/run/secrets/{secret}" for secret in service["secrets"]}
    assert set(service["secrets"]) <= set(COMPOSE["secrets"])


def test_every_lasting_service_has_a_health_check() -> None:
    assert {n for n, s in SERVICES.items() if "healthcheck" not in s} == {"migrate"}


def test_both_ways_create_the_database_with_the_same_locale() -> None:
    given = SERVICES["postgres"]["environment"]["POSTGRES_INITDB_ARGS"].split()
    assert set(given) == set(LOCALE)


def test_the_image_copies_files_that_exist() -> None:
    lines = (ROOT / "Dockerfile").read_text(encoding="utf-8").splitlines()
    for line in lines:
        if line.startswith("COPY "):
            assert (ROOT / line.split()[1]).exists()
