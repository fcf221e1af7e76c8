"""`python -m benchmarks.count FILE`: SQL statements per request of each case, counted in-process.

Each case is asked once before, so that what is read once per process is not counted. BEGIN and
COMMIT are left out; savepoints are not.
"""

import json
import sys
from pathlib import Path
from typing import Any

import django
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from benchmarks.asks import Ask, Asks
from benchmarks.client import HEADERS, Unexpected

FRAME = ("BEGIN", "COMMIT")


def statements(asks: list[Ask]) -> int:
    """How many statements the last of these requests takes; the one before it warms up."""
    for ask in asks[-2:-1] or asks:
        _send(ask)
    with CaptureQueriesContext(connection) as captured:
        _send(asks[-1])
    return sum(one["sql"] not in FRAME for one in captured.captured_queries)


def _send(ask: Ask) -> None:
    client = Client(headers={"Cookie": ask.cookie, "Host": HEADERS["Host"]})
    answer: Any = client.generic(
        ask.method, ask.path, ask.body, HEADERS["Content-Type"], secure=True
    )
    if answer.status_code != ask.expected:
        page = answer.content.decode(errors="replace")
        raise Unexpected(f"{ask.path} answered {answer.status_code}:\n{page[:3000]}")


def main(path: str) -> None:
    """Print the numbers by case."""
    django.setup()
    asks = Asks.from_text(Path(path).read_text(encoding="utf-8"))
    sys.stdout.write(json.dumps({name: statements(one) for name, one in asks.cases.items()}))


if __name__ == "__main__":
    main(*sys.argv[1:])
