"""Requests that a filled database can answer, as it hands them over to whoever measures."""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import Any
from urllib.parse import urlencode


@dataclass(frozen=True)
class Ask:
    """One request: with a body it is a POST, which changes something and is sent once."""

    path: str
    cookie: str = ""
    body: str = ""

    @property
    def method(self) -> str:
        """GET, or POST where there is a body."""
        return "POST" if self.body else "GET"

    @property
    def expected(self) -> int:
        """A page, or the redirect after something was done."""
        return 302 if self.body else 200


@dataclass
class Asks:
    """The requests of each case; `rows` asks the database how many of a case's POSTs took effect.

    `places` are slots with one place left: the slot's number and the requests of a crowd.
    """

    cases: dict[str, list[Ask]] = field(default_factory=dict)
    places: list[tuple[int, list[Ask]]] = field(default_factory=list)
    rows: dict[str, str] = field(default_factory=dict)
    winners: str = ""

    def as_text(self) -> str:
        """For a file."""
        return json.dumps(asdict(self))

    @classmethod
    def from_text(cls, text: str) -> "Asks":
        """From a file."""
        found: dict[str, Any] = json.loads(text)
        return cls(
            {name: [Ask(**one) for one in asks] for name, asks in found["cases"].items()},
            [(slot, [Ask(**one) for one in asks]) for slot, asks in found["places"]],
            found["rows"],
            found["winners"],
        )

    def stream(self, name: str) -> Iterator[Ask]:
        """A page again and again; each POST once."""
        asks = self.cases[name]
        if asks[0].body:
            yield from asks
        else:
            while True:
                yield asks[0]


def form(**fields: Any) -> str:
    """A form's body."""
    return urlencode(fields)
