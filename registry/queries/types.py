"""Interaction types and procedures through time: what was, what holds, what will be."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from registry.models import ProcedureVersion, Type, TypeChange, TypeVersion
from registry.queries.versions import versions

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Stand:
    """A version as its history shows it: `when` is was, now or will."""

    version: TypeVersion
    when: str

    @property
    def last_on(self) -> date | None:
        """Its last day; None where no end is set."""
        upper: date | None = self.version.during.upper
        return upper - DAY if upper else None


@dataclass(frozen=True)
class Through:
    """A type through time, the newest version first; `now` is None where it is not in force."""

    type: Type
    stands: list[Stand]

    @property
    def now(self) -> Stand | None:
        """The version in force."""
        return next((one for one in self.stands if one.when == "now"), None)

    @property
    def shown(self) -> Stand:
        """The version in force, or the last that was, or the first that will be."""
        past = next((one for one in self.stands if one.when == "was"), None)
        return self.now or past or self.stands[-1]

    @property
    def retires_on(self) -> date | None:
        """The first day without a version, where the type is to be or was retired."""
        upper: date | None = self.stands[0].version.during.upper
        return upper

    @property
    def several(self) -> bool:
        """Whether there is a history to show."""
        return len(self.stands) > 1


def through_time(on: date, code: str = "") -> list[Through]:
    """Every type, or the one of this code, as it stands on this day: one query."""
    found: dict[str, list[TypeVersion]] = {}
    for one in versions():
        if not code or one.type.code == code:
            found.setdefault(one.type.code, []).append(one)
    return [
        Through(many[0].type, [Stand(one, _when(one, on)) for one in reversed(many)])
        for many in found.values()
    ]


def newest(type_id: int) -> TypeVersion:
    """The last version there is of a type, whether it has begun or not."""
    known = TypeVersion.objects.prefetch_related("kinds").select_related("type")
    return known.filter(type=type_id).latest("number")


def last_version(type_id: int, edition: UUID) -> TypeVersion:
    """The same, as this edition of the catalogue remembers it: no query."""
    return [one for one in versions(edition) if one.type_id == type_id][-1]


def last_names(type_id: int) -> TypeVersion:
    """The last version of a type, for what it is called: one query."""
    return TypeVersion.objects.filter(type=type_id).latest("number")


def newest_procedure(code: str) -> ProcedureVersion | None:
    """The last version of the procedure that goes with a type."""
    known = ProcedureVersion.objects.prefetch_related("steps")
    return known.filter(procedure__code=code).order_by("-number").first()


def last_before(type_id: int, on: date, edition: UUID) -> TypeVersion:
    """The last version that began before this day: no query."""
    known = [one for one in versions(edition) if one.type_id == type_id]
    return [one for one in known if one.during.lower < on][-1]


def procedure_version(code: str, number: int | None = None) -> ProcedureVersion | None:
    """The version of this number, or the last one; None where there is none."""
    if number is None:
        return newest_procedure(code)
    return ProcedureVersion.objects.filter(procedure__code=code, number=number).first()


def changes_waiting() -> QuerySet[TypeChange, Any]:
    """Changes that wait for a second person."""
    found = TypeChange.objects.filter(case__state="proposed")
    return found.select_related("case", "type", "proposed_by").order_by("from_on", "pk")


def _when(version: TypeVersion, on: date) -> str:
    if on in version.during:
        return "now"
    return "will" if version.during.lower > on else "was"
