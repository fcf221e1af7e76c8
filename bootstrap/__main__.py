"""`python3 -m bootstrap demo`: prepares the environment, then does the task inside it."""

import argparse
import os
import sys
from pathlib import Path

from bootstrap import ROOT, supervisor, tasks
from bootstrap.environment import Environment

TASKS = {
    "demo": "start everything on this machine and print the address",
    "test": "run the tests on throw-away engines (arguments go to pytest)",
    "drill": "run the races and faults: what takes longer (arguments go to pytest)",
    "lint": "ruff, mypy and the import contracts",
    "check": "test and lint",
    "bench": "measure speed beside a bare Django (--quick: less data, fewer rounds)",
    "lock": "write requirements/*.txt anew",
    "secrets": "write the secrets docker-compose.yml reads into var/secrets",
}
NO_ENVIRONMENT = {"lock", "secrets"}
RUNTIME_ONLY = {"demo", "bench"}
WITH_ARGUMENTS = {"test": tasks.test, "drill": tasks.drill, "bench": tasks.bench}


def main(arguments: list[str]) -> int:
    """Parse the command line, move into the environment, run the task."""
    parser = argparse.ArgumentParser(prog="python3 -m bootstrap")
    parser.add_argument(
        "task", choices=TASKS, help="; ".join(f"{k}: {v}" for k, v in TASKS.items())
    )
    chosen, rest = parser.parse_known_args(arguments)
    task: str = chosen.task
    if rest and task not in WITH_ARGUMENTS:
        parser.error(f"{task} takes no arguments: {' '.join(rest)}")
    os.chdir(ROOT)
    if task not in NO_ENVIRONMENT:
        _enter("runtime" if task in RUNTIME_ONLY else "development", arguments)
    return _run(task, rest)


def _enter(level: str, arguments: list[str]) -> None:
    """Become the environment's interpreter unless it is the one running."""
    environment = Environment()
    python = environment.prepare(level)
    if Path(sys.prefix).resolve() != environment.folder.resolve():
        os.execv(python, [str(python), "-m", "bootstrap", *arguments])  # noqa: S606  (the interpreter of our own environment)


def _run(task: str, rest: list[str]) -> int:
    if with_arguments := WITH_ARGUMENTS.get(task):
        return with_arguments(rest)
    match task:
        case "demo":
            return supervisor.demo()
        case "lint":
            return tasks.lint()
        case "check":
            return tasks.check()
        case "lock":
            return tasks.lock()
        case _:
            return tasks.make_secrets()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
