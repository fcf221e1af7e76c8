"""What is measured, against which page of the bare Django, and what we aim at."""

from dataclasses import dataclass

PAGE, COMMON, RARE, BOOK, APPROVE = "page", "common", "rare", "book", "approve"
BARE_CASES = {
    PAGE: "a page of 20 rows (B)",
    COMMON: "search, a common word",
    RARE: "search, a rare word",
    BOOK: "booking POST",
    APPROVE: "approve POST",
}


@dataclass(frozen=True)
class Case:
    """One case of the product; its p50 should be at most `aim` times that of `against`."""

    name: str
    label: str
    bare: str
    aim: float
    against: str = ""

    @property
    def measure(self) -> str:
        """The page of the bare Django by which the aim is judged."""
        return self.against or self.bare


CASES = (
    Case("front", "front page", PAGE, 1.0),
    Case("common", "register search, a common word", COMMON, 1.0, PAGE),
    Case("rare", "register search, a rare word", RARE, 1.0, PAGE),
    Case("start", "a volunteer's start page", PAGE, 2.0),
    Case("visits", "a volunteer's visits, past ones too", PAGE, 2.0),
    Case("find", "search for a free time", PAGE, 1.5),
    Case("requests", "the desk's queue, 20 rows", PAGE, 1.5),
    Case("request", "the decision page", PAGE, 1.5),
    Case("gate", "the gate, 20 people", PAGE, 2.0),
    Case("late", "the lateness queue, 25 rows", PAGE, 1.5),
    Case("book", "booking POST", BOOK, 2.0),
    Case("approve", "approve POST", APPROVE, 2.5),
)
