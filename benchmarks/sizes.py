"""How much data there is, and how long is measured."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Size:
    """One amount of data. `visits` are past ones of one institution with one NGO.

    `bookings` and `approvals` are how many of each a run may send; `trials` how often many
    people want one last place.
    """

    name: str
    organisations: int
    visits: int
    houses: int
    bookings: int = 2_000
    approvals: int = 1_200
    trials: int = 0
    volunteers: int = 600

    @property
    def late(self) -> int:
        """Requests that nobody answered in time."""
        return self.visits // 10


@dataclass(frozen=True)
class Pace:
    """How long is measured: rounds, requests to warm up and of one client, seconds of many.

    No further round begins that would end after the budget, in seconds; two always do.
    """

    rounds: int
    warm_up: int
    singles: int
    seconds: float
    budget: float


CROWD = 50
MANY = 8
SMALL = Size("S", organisations=2_000, visits=500, houses=28)
LARGE = Size("L", organisations=20_000, visits=5_000, houses=280, trials=5)
QUICK_SMALL = Size(
    "S", organisations=2_000, visits=500, houses=28, bookings=300, approvals=300, trials=1
)
FULL_RUN = Pace(rounds=5, warm_up=8, singles=15, seconds=0.6, budget=150)
QUICK_RUN = Pace(rounds=2, warm_up=3, singles=5, seconds=0.2, budget=15)
