"""A small HTTP client with kept connections: one request after another, or many at once."""

import http.client
import threading
import time
from collections.abc import Callable, Iterator

from benchmarks.asks import Ask

HEADERS = {
    "Host": "localhost",
    "Origin": "https://localhost",
    "X-Forwarded-Proto": "https",
    "X-CSRFToken": "b" * 32,
    "Accept-Language": "ru",
    "Content-Type": "application/x-www-form-urlencoded",
}
PATIENCE = 300
FEWEST, LONGEST = 2, 2.0  # requests, seconds


class Unexpected(Exception):
    """A page that did not answer as it must."""


class Line:
    """One kept connection to a server on this machine."""

    def __init__(self, port: int) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)

    def send(self, ask: Ask) -> tuple[int, float, str]:
        """Status, seconds from sending to the last byte, and the page."""
        headers = HEADERS | ({"Cookie": ask.cookie} if ask.cookie else {})
        began = time.perf_counter()
        self.connection.request(ask.method, ask.path, ask.body or None, headers)
        answer = self.connection.getresponse()
        page = answer.read()
        return answer.status, time.perf_counter() - began, page.decode(errors="replace")

    def take(self, ask: Ask) -> float:
        """Seconds; raises Unexpected when the answer is not the one that the request expects."""
        status, seconds, page = self.send(ask)
        if status != ask.expected:
            raise Unexpected(f"{ask.method} {ask.path} answered {status}:\n{page[:3000]}")
        return seconds

    def close(self) -> None:
        """Hang up."""
        self.connection.close()


def one_by_one(port: int, asks: Iterator[Ask], times: int) -> list[float]:
    """The seconds of each of so many requests of a single client; of a slow page, of fewer."""
    line, seconds = Line(port), list[float]()
    try:
        while len(seconds) < times and (len(seconds) < FEWEST or sum(seconds) < LONGEST):
            seconds.append(line.take(_next(asks)))
    finally:
        line.close()
    return seconds


def at_once(port: int, asks: Iterator[Ask], clients: int, seconds: float) -> tuple[int, float]:
    """How many requests so many clients got answered, and in how many seconds."""
    lock, done = threading.Lock(), [0] * clients
    ends = time.perf_counter() + seconds

    def work(number: int, line: Line) -> None:
        while time.perf_counter() < ends:
            with lock:
                ask = _next(asks)
            line.take(ask)
            done[number] += 1

    began = time.perf_counter()
    crowd(port, clients, work)
    return sum(done), time.perf_counter() - began


def crowd(port: int, clients: int, work: Callable[[int, Line], None]) -> None:
    """So many threads, each with a line of its own; what goes wrong in one is raised here."""
    trouble: list[Exception] = []

    def run(number: int) -> None:
        line = Line(port)
        try:
            line.connection.connect()
            work(number, line)
        except Exception as error:
            trouble.append(error)
        finally:
            line.close()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if trouble:
        raise trouble[0]


def _next(asks: Iterator[Ask]) -> Ask:
    if (ask := next(asks, None)) is None:
        raise Unexpected("More requests of one kind were sent than the data was made for.")
    return ask
