"""A place in a list ordered by time, as an opaque piece of an address."""

from dataclasses import dataclass
from datetime import datetime
from typing import Self

from django.db.models import Q

from registry.queries.cursors import Cursor


@dataclass(frozen=True)
class Moment:
    """After this instant and, within one instant, after this key."""

    at: datetime
    pk: int

    def as_text(self) -> str:
        """For the address."""
        return Cursor(self.at.isoformat(), self.pk).as_text()

    @classmethod
    def from_text(cls, text: str) -> Self | None:
        """What `as_text` made; None for anything else, so that a broken address starts anew."""
        place = Cursor.from_text(text)
        if place is None:
            return None
        try:
            at = datetime.fromisoformat(place.name)
        except ValueError:
            return None
        return cls(at, place.pk) if at.tzinfo else None

    def later(self, column: str) -> Q:
        """The rows after this place in a list that runs forward in time."""
        same_or_later = Q(**{f"{column}__gte": self.at})
        return same_or_later & (Q(**{f"{column}__gt": self.at}) | Q(pk__gt=self.pk))

    def earlier(self, column: str) -> Q:
        """The rows after this place in a list that runs backward in time."""
        same_or_earlier = Q(**{f"{column}__lte": self.at})
        return same_or_earlier & (Q(**{f"{column}__lt": self.at}) | Q(pk__lt=self.pk))
