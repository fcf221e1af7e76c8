"""A place in a list of names, as an opaque piece of an address."""

import base64
import binascii
import json
from dataclasses import dataclass
from typing import Self

LONGEST = 2000
LARGEST_KEY = 2**63 - 1


@dataclass(frozen=True)
class Cursor:
    """After this name and, among equal names, after this key."""

    name: str
    pk: int

    def as_text(self) -> str:
        """For the address."""
        plain = json.dumps([self.name, self.pk], ensure_ascii=False, separators=(",", ":"))
        return base64.urlsafe_b64encode(plain.encode()).decode().rstrip("=")

    @classmethod
    def from_text(cls, text: str) -> Self | None:
        """What `as_text` made; None for anything else, so that a broken address starts anew."""
        if not text or len(text) > LONGEST:
            return None
        try:
            padded = text.encode("ascii") + b"=" * (-len(text) % 4)
            name, pk = json.loads(base64.urlsafe_b64decode(padded))
        except (binascii.Error, ValueError, TypeError, RecursionError):
            return None
        sound = isinstance(name, str) and isinstance(pk, int) and 0 <= pk <= LARGEST_KEY
        return cls(name, pk) if sound and _storable(name) else None


def _storable(name: str) -> bool:
    """The database takes neither NUL nor halves of a pair."""
    return "\0" not in name and name.encode("utf-8", "ignore").decode() == name
