"""`python -m benchmarks [--quick]`: fill, start, measure, print, throw everything away."""

import argparse
import os
import shutil
import signal
import sys
import time

from benchmarks import report
from benchmarks.measure import last_places, rounds
from benchmarks.servers import Ground, Server, start
from benchmarks.sizes import FULL_RUN, LARGE, QUICK_RUN, QUICK_SMALL, SMALL, Pace, Size
from bootstrap.console import say
from bootstrap.engines import NAMES, Engines, data_folder


def main(arguments: list[str]) -> int:
    """The whole run; 1 when a row is missing, or a last place was not given to one person."""
    parser = argparse.ArgumentParser(prog="python3 -m bootstrap bench")
    parser.add_argument("--quick", action="store_true", help="small data only, fewer rounds")
    quick = parser.parse_args(arguments).quick
    if given := [name for name in NAMES for way in ("", "_FILE") if os.environ.get(name + way)]:
        raise SystemExit(f"This fills databases of its own: unset {', '.join(given)} first.")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("Stopped before the end."))
    folder = data_folder() / "bench"
    engines = Engines(folder)
    if not engines.claim():
        raise SystemExit(f"Another run measures on {folder}.")
    shutil.rmtree(folder / "pg", ignore_errors=True)
    try:
        engines.start()
        ground = Ground(engines, folder)
        return _run(ground, *((QUICK_RUN, [QUICK_SMALL]) if quick else (FULL_RUN, [SMALL, LARGE])))
    finally:
        engines.stop()
        shutil.rmtree(folder, ignore_errors=True)


def _run(ground: Ground, pace: Pace, sizes: list[Size]) -> int:
    began = time.monotonic()
    ground.prepare()
    servers = ground.servers(sizes)
    _since(began, "databases filled, statements counted")
    try:
        start(servers)
        results = rounds(servers, pace)
        _since(began, "rounds measured")
        report.table(servers, results)
        kept = [report.written(ground, servers, results)]
        kept += [_last(ground, server) for server in servers if server.asks.places]
        report.memory(servers)
    finally:
        for server in servers:
            server.stop()
    _since(began, "done")
    return 0 if all(kept) else 1


def _last(ground: Ground, server: Server) -> bool:
    trials = last_places(server)
    rows = [ground.number(server, server.asks.winners.format(slot=one.slot)) for one in trials]
    report.places(server, trials, rows)
    return rows == [1] * len(trials) == [one.accepted for one in trials]


def _since(began: float, what: str) -> None:
    say("bench", f"{what} after {time.monotonic() - began:.0f} s")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
