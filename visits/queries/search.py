"""Finding a time: what can be taken now, day by day, and what still keeps the rest away."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from accounts.hats import Acting
from visits.queries.times import Time, seeker, times
from volunteers.queries.clearance import Missing

AHEAD = timedelta(days=14)
NOON, EVENING = 12, 17


@dataclass(frozen=True)
class Wanted:
    """What the list is narrowed to; an empty field does not narrow it."""

    institution: str = ""
    okrug: str = ""
    type: str = ""
    weekday: str = ""
    part: str = ""

    def takes(self, time: Time) -> bool:
        """Whether this time fits."""
        slot = time.slot
        return (
            self.institution in ("", slot.institution.organisation.ref)
            and self.okrug in ("", slot.site.district.okrug.code)
            and self.type in ("", *(version.type.code for version in time.fits))
            and self.weekday in ("", str(time.on.weekday()))
            and self.part in ("", part_of_day(time))
        )


@dataclass
class Hindrance:
    """One thing that is missing, and how many times it keeps closed, where."""

    missing: Missing
    slots: set[int] = field(default_factory=set)
    places: set[str] = field(default_factory=set)

    @property
    def count(self) -> int:
        """How many times stay closed without it."""
        return len(self.slots)


@dataclass(frozen=True)
class Choices:
    """What can be narrowed to, from what there is: values and their words."""

    institutions: Sequence[tuple[str, str]]
    okrugs: Sequence[tuple[str, str]]
    types: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Search:
    """Everything in reach of whoever looks: `open` can be taken now, `closed` not yet."""

    open: Sequence[Time]
    closed: Sequence[Time]
    hindrances: Sequence[Hindrance]

    def choices(self) -> Choices:
        """What the open times can be narrowed to."""
        institutions = {
            time.slot.institution.organisation.ref: str(time.slot.institution) for time in self.open
        }
        okrugs = {
            time.slot.site.district.okrug.code: time.slot.site.district.okrug.name
            for time in self.open
        }
        types = {one.type.code: one.name for time in self.open for one in time.fits}
        return Choices(_by_words(institutions), _by_words(okrugs), sorted(types.items()))


def search(acting: Acting, at: datetime, to: datetime | None = None, **only: Any) -> Search:
    """The times of the next days for whoever acts: at most seven queries."""
    found = times(seeker(acting), at, to or at + AHEAD, **only)
    closed = [time for time in found if not time.fits]
    return Search([time for time in found if time.fits], closed, hindrances(closed))


def hindrances(closed: Iterable[Time]) -> list[Hindrance]:
    """What keeps these times closed, counted; what opens most comes first."""
    found: dict[tuple[str, str], Hindrance] = {}
    for time in closed:
        nearest = min(time.kept, key=lambda kept: len(kept.missing))
        for missing in nearest.missing:
            one = found.setdefault(_same(missing, time), Hindrance(missing))
            one.slots.add(time.slot.pk)
            one.places.add(str(time.slot.institution))
    return sorted(found.values(), key=lambda one: (-one.count, one.missing.text))


def by_day(found: Iterable[Time]) -> list[tuple[date, list[Time]]]:
    """The same times under their days."""
    return [(on, list(group)) for on, group in groupby(found, key=lambda time: time.on)]


def part_of_day(time: Time) -> str:
    """Morning, day or evening, by when it begins there."""
    zone = ZoneInfo(time.slot.institution.organisation.zone)
    hour = time.slot.during.lower.astimezone(zone).hour
    if hour < NOON:
        return "morning"
    return "day" if hour < EVENING else "evening"


def _same(missing: Missing, time: Time) -> tuple[str, str]:
    there = missing.requirement is not None and missing.requirement.per_institution
    return missing.text, str(time.slot.institution) if there else ""


def _by_words(found: dict[str, str]) -> list[tuple[str, str]]:
    return sorted(found.items(), key=lambda pair: pair[1].lower().replace("ё", "ея"))
