"""`python -m benchmarks.fill product SIZE`: fills DATABASE_URL, prints the requests it answers."""

import json
import sys
from importlib import import_module

import django
from django.db import transaction

from benchmarks.sizes import Size

FILLERS = {"product": "benchmarks.fill.product", "bare": "benchmarks.baseline.filling"}


def main(which: str, size: str) -> None:
    """Fill one database; `size` is a Size as JSON."""
    django.setup()
    filler = import_module(FILLERS[which])
    with transaction.atomic():
        asks = filler.fill(Size(**json.loads(size)))
    sys.stdout.write(asks.as_text())


if __name__ == "__main__":
    main(*sys.argv[1:])
