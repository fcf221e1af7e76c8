"""What was measured, as a table for a terminal and for docs/speed.md."""

import os
import statistics
from collections.abc import Sequence

from benchmarks.cases import BARE_CASES, CASES, Case
from benchmarks.measure import Measured, Results, Trial, key
from benchmarks.servers import BARE, COUNTING, PRODUCT, Ground, Server

COLUMNS = {
    "case": "<36",
    "data": "<4",
    "p50": ">6",
    "p95": ">6",
    "req/s": ">5",
    "CPU": ">5",
    "SQL": ">3",
    "p50 by bare": ">19",
    "CPU by bare": ">11",
    "L by S": ">6",
}
AIMS = {"case": "<36", "aim": ">12", "measured": ">8", "kept": "<4"}


def table(servers: Sequence[Server], results: Results) -> None:
    """Milliseconds of one client, requests a second of eight, work, statements; the aims."""
    count = len(next(iter(results.values())).singles)
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    print(f"\n{count} interleaved rounds; p50, p95 and CPU (of the web processes) in ms;")
    print(f"load average of the machine over 1, 5 and 15 minutes: {load}\n")
    _head(COLUMNS)
    for name, label in BARE_CASES.items():
        for server in _of(servers, BARE):
            _row(f"bare: {label}", server, name, results, "", "", "")
    for case in CASES:
        for server in _of(servers, PRODUCT):
            more = (*_against(results, server, case), _growth(results, case))
            _row(case.label, server, case.name, results, *more)
    print("\nAims: p50 at most so many times that of a page of the bare Django\n")
    _head(AIMS)
    for case in CASES:
        _aim(_of(servers, PRODUCT)[-1], case, results)
    print()


def written(ground: Ground, servers: Sequence[Server], results: Results) -> bool:
    """Whether every POST that was answered with success left its row."""
    kept = True
    for server in servers:
        for case, question in server.asks.rows.items():
            sent = results[key(server, case)].answered
            rows = ground.number(server, question) - COUNTING
            print(f"{server.which} {server.size.name} {case}: {sent} answered, {rows} rows")
            kept = kept and sent == rows
    return kept


def places(server: Server, trials: Sequence[Trial], rows: Sequence[int]) -> None:
    """The last place: winners of each trial by the answers and by the rows."""
    seconds = sorted(one.seconds for one in trials)
    print(
        f"last place, {server.which} {server.size.name}: winners by rows {list(rows)},"
        f" by answers {[one.accepted for one in trials]}; all answered in"
        f" {statistics.median(seconds):.2f} s ({seconds[0]:.2f} to {seconds[-1]:.2f}),"
        f" {_ms(statistics.median(one.cpu for one in trials))} ms of CPU each"
    )


def memory(servers: Sequence[Server]) -> None:
    """The largest process of each server after everything."""
    for server in servers:
        print(f"memory, {server.which} {server.size.name}: {server.memory():.0f} MB")


def _row(label: str, server: Server, case: str, results: Results, *more: str) -> None:
    seen, sql = results[key(server, case)], str(server.sql[case])
    times = (_ms(seen.p50), _ms(seen.p95), f"{seen.rate:.0f}", _ms(seen.cpu))
    _line(COLUMNS, label, server.size.name, *times, sql, *more)


def _aim(server: Server, case: Case, results: Results) -> None:
    least = results[BARE, server.size.name, case.measure]
    ratio = statistics.median(_ratios(results[key(server, case.name)], least))
    kept = "yes" if ratio <= case.aim else "no"
    _line(AIMS, case.label, f"{case.aim:.1f} {case.measure}", f"{ratio:.1f}", kept)


def _against(results: Results, server: Server, case: Case) -> tuple[str, str]:
    """How many times the bare page's p50, with the least and the most of the rounds, and CPU."""
    seen = results[key(server, case.name)]
    least = results[BARE, server.size.name, case.bare]
    ratios = _ratios(seen, least)
    spread = f"({min(ratios):.1f} to {max(ratios):.1f})"
    return f"{statistics.median(ratios):.1f} {spread}", f"{seen.cpu / least.cpu:.1f}"


def _growth(results: Results, case: Case) -> str:
    """How many times slower with much data than with little."""
    small, large = (results.get((PRODUCT, size, case.name)) for size in ("S", "L"))
    if small is None or large is None:
        return ""
    return f"{statistics.median(_ratios(large, small)):.2f}"


def _ratios(one: Measured, other: Measured) -> list[float]:
    return [one.median(n) / other.median(n) for n in range(len(one.singles))]


def _of(servers: Sequence[Server], which: str) -> list[Server]:
    return [server for server in servers if server.which == which]


def _head(columns: dict[str, str]) -> None:
    _line(columns, *columns)
    _line(columns, *("---" for _ in columns))


def _line(columns: dict[str, str], *words: str) -> None:
    cells = (f"{word:{wide}}" for word, wide in zip(words, columns.values(), strict=True))
    print(f"| {' | '.join(cells)} |")


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.1f}"
