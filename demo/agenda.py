"""What happens when: acts are taken in the order of their time, each by the rehearsal clock."""

import heapq
from collections.abc import Callable
from datetime import datetime
from functools import partial
from itertools import count

from demo.clock import turn

Act = Callable[[datetime], object]
Planned = tuple[datetime, int, Act]


class Agenda:
    """Acts by their time; an act may add later ones. What lies after `now` is not rehearsed."""

    def __init__(self, now: datetime, say: Callable[[str], object]) -> None:
        """Nothing is planned yet."""
        self.now, self.say = now, say
        self.taken = 0
        self._acts: list[Planned] = []
        self._numbers = count()

    def add(self, at: datetime, act: Callable[..., object], *known: object) -> None:
        """Plan `act(*known, at)`; the future is left to whoever tries the demonstration."""
        if at <= self.now:
            planned: Planned = (at, next(self._numbers), partial(act, *known))
            heapq.heappush(self._acts, planned)

    def run(self) -> None:
        """Take every act, also those that acts add; in the caller's transaction."""
        month = ""
        while self._acts:
            at, _, act = heapq.heappop(self._acts)
            if month != (month := f"{at:%B %Y}"):
                self.say(f"rehearsing {month}")
            turn(at)
            act(at)
            self.taken += 1
