#!/usr/bin/env python3
"""Django's commands, on the running demonstration's engines or on engines of their own."""

import importlib.util
import os
import subprocess
import sys

from bootstrap.engines import Engines, running
from bootstrap.environment import Environment

WITHOUT_ENGINES = {"collectstatic", "help", "--help", "-h", "--version", "version"}
WITHOUT_TABLES = {"migrate", "makemigrations", "check"}


def main(arguments: list[str]) -> None:
    """Run one management command."""
    if importlib.util.find_spec("django") is None:
        python = Environment().prepare("runtime")
        os.execv(python, [str(python), *arguments])  # noqa: S606  (the interpreter of our own environment)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.demo")
    from django.core.management import execute_from_command_line  # noqa: PLC0415  (may be absent)

    command = arguments[1] if len(arguments) > 1 else "help"
    if command in WITHOUT_ENGINES:
        execute_from_command_line(arguments)
        return
    with running() as found:
        os.environ.update(found.env)
        if command not in WITHOUT_TABLES and found.empty():
            migrate(found)
        execute_from_command_line(arguments)


def migrate(found: Engines) -> None:
    """Fill an empty database as its owner; stdout stays with the command that was asked for."""
    env = os.environ | found.env | {"OPEN_DOORS_DB_ROLE": ""}
    command = [sys.executable, __file__, "migrate", "--verbosity", "0"]
    subprocess.run(command, env=env, stdout=sys.stderr, check=True)  # noqa: S603  (our own file)


if __name__ == "__main__":
    main(sys.argv)
