"""What an institution demands for a type beyond the catalogue: the one question for all floors.

The narrowings are part of the catalogue's edition: whoever has its mark at hand asks nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from casework.editions import CATALOGUE, kept, mark
from institutions.models import NarrowedType
from registry.models import TypeVersion

NARROWINGS = "narrowings"


@dataclass(frozen=True)
class Demand:
    """Everything that holds for a type in a house on a day; several narrowings add up."""

    tier: str = ""
    excluded: bool = False
    conditions: tuple[str, ...] = ()


NOTHING_MORE = Demand()


def demand(institution_id: int, type_id: int, on: date, edition: UUID | None = None) -> Demand:
    """What the house demands for this type on this day: one query, none with the mark at hand."""
    known = kept(NARROWINGS, edition or mark(CATALOGUE), _read)
    held = [one for one in known.get((institution_id, type_id), ()) if one.holds(on)]
    return _together(held) if held else NOTHING_MORE


def tier_here(
    institution_id: int, version: TypeVersion, on: date, edition: UUID | None = None
) -> str:
    """The tier a visit needs there on this day: the catalogue's, or a higher one of the house."""
    return max(version.tier, demand(institution_id, version.type_id, on, edition).tier)


def of_house(institution_id: int, on: date, edition: UUID | None = None) -> list[NarrowedType]:
    """What holds in this house on this day or will, by type: one query, or none as above."""
    known = kept(NARROWINGS, edition or mark(CATALOGUE), _read)
    here = [one for (house, _), many in known.items() if house == institution_id for one in many]
    lasting = (one for one in here if one.before_on is None or one.before_on > on)
    return sorted(lasting, key=lambda one: (one.type.code, one.from_on, one.pk))


def declared(institution_id: int) -> QuerySet[NarrowedType, Any]:
    """Everything the house ever declared, the newest first."""
    found = NarrowedType.objects.filter(institution=institution_id, declared_at__isnull=False)
    ordered: QuerySet[NarrowedType, Any] = found.select_related("type", "case").order_by("-pk")
    return ordered


def _together(held: Iterable[NarrowedType]) -> Demand:
    tiers = [one.tier_at_least for one in held]
    conditions = tuple(one.conditions for one in held if one.conditions)
    return Demand(max(tiers, default=""), any(one.excluded for one in held), conditions)


def _read() -> dict[tuple[int, int], list[NarrowedType]]:
    found: dict[tuple[int, int], list[NarrowedType]] = {}
    for one in NarrowedType.objects.standing().select_related("type").order_by("pk"):
        found.setdefault((one.institution_id, one.type_id), []).append(one)
    return found
