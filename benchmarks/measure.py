"""Rounds: every case of every server in turn, so that a slow minute falls on all of them."""

import statistics
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from benchmarks.asks import Ask
from benchmarks.client import Line, at_once, crowd, one_by_one
from benchmarks.servers import Server
from benchmarks.sizes import CROWD, MANY, Pace

A_MINUTE = 60.0
SLOW = 1.0  # seconds: a slower page is not asked for by many at once
Key = tuple[str, str, str]


@dataclass
class Measured:
    """What was seen of one case by round: seconds of single requests, rates of many clients,
    and `work`, the seconds of processor time that the web processes spent on a request.
    """

    singles: list[list[float]] = field(default_factory=list)
    rates: list[float] = field(default_factory=list)
    work: list[float] = field(default_factory=list)
    answered: int = 0

    def median(self, number: int) -> float:
        """Of one round."""
        return statistics.median(self.singles[number])

    @property
    def p50(self) -> float:
        """Seconds, of all rounds together."""
        return statistics.median(self._all)

    @property
    def p95(self) -> float:
        """Seconds, of all rounds together."""
        ordered = sorted(self._all)
        return ordered[min(int(len(ordered) * 0.95), len(ordered) - 1)]

    @property
    def rate(self) -> float:
        """Requests a second of many clients (of one for a slow page): the median of the rounds."""
        return statistics.median(self.rates)

    @property
    def cpu(self) -> float:
        """Seconds of the web processes' work for one request: the median of the rounds."""
        return statistics.median(self.work)

    @property
    def _all(self) -> list[float]:
        return [seconds for round_ in self.singles for seconds in round_]


Results = Mapping[Key, Measured]


def key(server: Server, case: str) -> Key:
    """Which case of which server."""
    return server.which, server.size.name, case


def rounds(servers: Sequence[Server], pace: Pace) -> dict[Key, Measured]:
    """Warm up, then as many whole rounds as there is time for."""
    cells = [(server, case) for server in servers for case in server.asks.cases]
    streams = {key(server, case): server.asks.stream(case) for server, case in cells}
    found = {one: Measured() for one in streams}
    for server, case in cells:
        warm = key(server, case)
        found[warm].answered += _warm_up(server, streams[warm], pace.warm_up)
    began = time.monotonic()
    for number in range(pace.rounds):
        if time.monotonic() - began > pace.budget * number / (number + 1) and number > 1:
            break
        # Each round begins elsewhere, so that nobody is always first.
        shift = len(cells) * number // pace.rounds
        for server, case in (*cells[shift:], *cells[:shift]):
            one = key(server, case)
            _measure(server, streams[one], found[one], pace)
    return found


def _warm_up(server: Server, asks: Iterator[Ask], times: int) -> int:
    """Over several connections, so that every worker serves the page; of a slow page, fewer."""
    for number in range(times):
        if one_by_one(server.port, asks, 1)[0] > SLOW:
            return number + 1
    return times


def _measure(server: Server, asks: Iterator[Ask], seen: Measured, pace: Pace) -> None:
    before = server.worked()
    singles = one_by_one(server.port, asks, pace.singles)
    done, seconds = 0, statistics.median(singles)
    seen.singles.append(singles)
    if seconds < SLOW:
        done, seconds = at_once(server.port, asks, MANY, pace.seconds)
    seen.rates.append(max(done, 1) / seconds)
    answered = len(singles) + done
    seen.work.append((server.worked() - before) / answered)
    seen.answered += answered


@dataclass(frozen=True)
class Trial:
    """One last place: how many were told yes, how long it took to answer everybody, and the
    seconds of the web processes' work for each.
    """

    slot: int
    accepted: int
    seconds: float
    cpu: float


def last_places(server: Server) -> list[Trial]:
    """A crowd sends its requests at the same instant, place after place, for a minute."""
    ends, trials = time.monotonic() + A_MINUTE, list[Trial]()
    for slot, asks in server.asks.places:
        if not trials or time.monotonic() < ends:
            trials.append(_trial(server, slot, asks))
    return trials


def _trial(server: Server, slot: int, asks: Sequence[Ask]) -> Trial:
    barrier, statuses = threading.Barrier(CROWD), [0] * CROWD
    began, ended = [0.0] * CROWD, [0.0] * CROWD

    def send(number: int, line: Line) -> None:
        barrier.wait()
        began[number] = time.perf_counter()
        statuses[number], _seconds, _page = line.send(asks[number])
        ended[number] = time.perf_counter()

    before = server.worked()
    crowd(server.port, CROWD, send)
    accepted = sum(status == asks[0].expected for status in statuses)
    cpu = (server.worked() - before) / CROWD
    return Trial(slot, accepted, max(ended) - min(began), cpu)
