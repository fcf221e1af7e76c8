"""Fixtures for every test: a database of one's own, committed and thrown away."""

import os
from collections.abc import Iterator
from typing import Any

import psycopg2
import pytest
from django.db import connections
from django.test.utils import setup_databases, teardown_databases

ROLE = "-c role=open_doors_app"
# The browser's driver keeps an event loop in the thread of whichever test follows a story; nothing
# here is asynchronous, and Django would refuse to ask the database beside a loop.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, django_db_blocker: Any, django_db_modify_db_settings: None
) -> Iterator[None]:
    """The migrated database, always: pytest-django's own makes none for tests that clone it."""
    with django_db_blocker.unblock():
        made = setup_databases(verbosity=0, interactive=False, serialized_aliases=set())
    yield
    with django_db_blocker.unblock():
        # A story's server may still hold a connection that nobody uses any more.
        name = connections["default"].settings_dict["NAME"]
        connections.close_all()
        others = f"from pg_stat_activity where datname = '{name}'"
        _administer(f"select pg_terminate_backend(pid) {others}")
        teardown_databases(made, verbosity=0)


def _administer(*statements: str) -> None:
    """Run statements beside the tests' database, as the owner of the cluster."""
    settings = connections["default"].settings_dict
    keys = {"HOST": "host", "PORT": "port", "USER": "user", "PASSWORD": "password"}
    where = {ours: settings[theirs] for theirs, ours in keys.items() if settings.get(theirs)}
    outside = psycopg2.connect(dbname="postgres", **where)
    outside.autocommit = True
    try:
        with outside.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)
    finally:
        outside.close()


def _disconnect(database: str) -> str:
    end = "select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid()"
    return f"{end} and datname = '{database}'"


@pytest.fixture
def clone(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """A copy of the migrated database, used as the application's role; commits are real.

    Append-only tables forbid the truncation by which a transactional test would clean up.
    """
    settings = connections["default"].settings_dict
    template, options = settings["NAME"], dict(settings.get("OPTIONS", {}))
    name = f"{template}_clone"
    with django_db_blocker.unblock():
        connections.close_all()
        _administer(
            _disconnect(template),
            f'drop database if exists "{name}" with (force)',
            f'create database "{name}" template "{template}"',
        )
        settings["NAME"] = name
        settings["OPTIONS"] = {**options, "options": f"{options['options']} {ROLE}"}
        try:
            yield name
        finally:
            connections.close_all()
            settings["NAME"], settings["OPTIONS"] = template, options
            _administer(f'drop database if exists "{name}" with (force)')
