"""What was measured, as a table for a terminal and for docs/speed.md."""

import statistics
from collections.abc import Sequence

from benchmarks.cases import BARE_CASES, CASES, Case
from benchmarks.measure import Measured, Results, Trial, key
from benchmarks.servers import BARE, PRODUCT, Ground, Server

LINE = "| {:<36} | {:<4} | {:>5} | {:>5} | {:>5} | {:>3} | {:>20} | {:>9} | {:>8} |"
HEAD = ("case", "data", "p50", "p95", "req/s", "SQL", "p50 of bare, rounds", "of rate", "L of S")
AIM = "| {:<36} | {:>12} | {:>22} | {:<6} |"


def table(servers: Sequence[Server], results: Results) -> None:
    """Milliseconds of one client, requests a second of eight, statements; then the aims."""
    rounds = {len(one.singles) for one in results.values()}
    print(f"\nBare Django, then the product; {rounds.pop()} interleaved rounds, milliseconds\n")
    _head(LINE, HEAD)
    for name, label in BARE_CASES.items():
        for server in _of(servers, BARE):
            _row(f"bare: {label}"[:36], server, name, results, "", "", "")
    for case in CASES:
        for server in _of(servers, PRODUCT):
            times, rate = _against(results, server, case, case.bare)
            _row(case.label, server, case.name, results, times, rate, _growth(results, case))
    _aims(servers, results)


def written(ground: Ground, servers: Sequence[Server], results: Results) -> None:
    """Whether every POST that was answered with success left its row."""
    for server in servers:
        for case, question in server.asks.rows.items():
            sent, rows = results[key(server, case)].answered, ground.number(server, question)
            # Counting the statements sent two more.
            verdict = "as many rows" if rows == sent + 2 else f"BUT {rows - 2} rows"
            print(f"{server.which} {server.size.name} {case}: {sent} answered, {verdict}")


def places(server: Server, trials: Sequence[Trial], rows: Sequence[int]) -> None:
    """The last place: winners of each trial by the answers and by the rows."""
    seconds = sorted(one.seconds for one in trials)
    print(
        f"last place, {server.which} {server.size.name}: winners by rows {list(rows)},"
        f" by answers {[one.accepted for one in trials]}; all answered in"
        f" {statistics.median(seconds):.2f} s ({seconds[0]:.2f} to {seconds[-1]:.2f})"
    )


def memory(servers: Sequence[Server]) -> None:
    """The largest process of each server after everything."""
    for server in servers:
        print(f"memory, {server.which} {server.size.name}: {server.memory():.0f} MB")


def _row(label: str, server: Server, case: str, results: Results, *more: str) -> None:
    seen = results[key(server, case)]
    shown = (_ms(seen.p50), _ms(seen.p95), f"{seen.rate:.0f}", str(server.sql[case]))
    print(LINE.format(label, server.size.name, *shown, *more))


def _against(results: Results, server: Server, case: Case, bare: str) -> tuple[str, str]:
    """How many times the bare page's p50, with the least and the most of the rounds."""
    seen = results[key(server, case.name)]
    least = results[BARE, server.size.name, bare]
    ratios = _ratios(seen, least)
    spread = f"({min(ratios):.1f} to {max(ratios):.1f})"
    return f"{statistics.median(ratios):.1f} {spread}", f"{seen.rate / least.rate:.2f}"


def _growth(results: Results, case: Case) -> str:
    """How many times slower with much data than with little."""
    small, large = (results.get((PRODUCT, size, case.name)) for size in ("S", "L"))
    if small is None or large is None:
        return ""
    return f"{statistics.median(_ratios(large, small)):.2f}"


def _aims(servers: Sequence[Server], results: Results) -> None:
    print("\nAims: p50 at most so many times that of a bare page\n")
    _head(AIM, ("case", "aim", "measured", "kept"))
    for case in CASES:
        server = _of(servers, PRODUCT)[-1]
        least = results[BARE, server.size.name, case.measure]
        ratio = statistics.median(_ratios(results[key(server, case.name)], least))
        kept = "yes" if ratio <= case.aim else "no"
        print(AIM.format(case.label, f"{case.aim:.1f} {case.measure}", f"{ratio:.1f}", kept))
    print()


def _ratios(one: Measured, other: Measured) -> list[float]:
    return [one.median(n) / other.median(n) for n in range(len(one.singles))]


def _of(servers: Sequence[Server], which: str) -> list[Server]:
    return [server for server in servers if server.which == which]


def _head(line: str, words: Sequence[str]) -> None:
    print(line.format(*words))
    print(line.replace(" ", "").format(*("---" for _ in words)))


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.1f}"
