"""How open a site or an institution is on a day. Where nothing is declared, it is by request."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import OuterRef, QuerySet

from institutions.models import Door, GuestMode, Level

# An institution is as open as the widest of its sites: who wants to come can come there.
_WIDTH = ("shut", "ajar", "half", "wide")
_WIDEST = f"""
    max(array_position(array{list(_WIDTH)}, coalesce(d.level, 'ajar')::text)) as width
      from registry_institution i
      left join registry_site s on s.institution_id = i.organisation_id
      left join institutions_door d
        on d.site_id = s.id and d.withdrawn_at is null and d.during @> %s::date
"""
_COUNTS = f"""
    select width, count(*) from (select i.organisation_id, {_WIDEST} group by 1) house group by 1
"""  # noqa: S608  (the same)
_OF_INSTITUTIONS = f"""
    select i.organisation_id, {_WIDEST} where i.organisation_id = any(%s) group by 1
"""
_BY_DISTRICT = f"""
    select r.oktmo, width, count(*)
      from (select i.organisation_id, s.district_id, {_WIDEST} group by 1, 2) house
      join registry_district r on r.id = house.district_id group by 1, 2
"""  # noqa: S608  (the same)


@dataclass(frozen=True)
class Standing:
    """How open a site is on a day, under which mode, on which conditions.

    `until` is the last day for which this is declared; None where no end is set. `types` are the
    keys of the types taken; none means whatever was agreed.
    """

    level: Level = Level.AJAR
    mode: GuestMode | None = None
    conditions: str = ""
    until: date | None = None
    types: frozenset[int] = frozenset()


UNDECLARED = Standing()


def door_on(site_id: int, on: date) -> Standing:
    """How this site stands on this day."""
    return door_on_days(site_id, on)[0]


def door_on_days(site_id: int, *days: date) -> list[Standing]:
    """How this site stands on each of these days: one query."""
    declared = reduce(or_, (Door.objects.standing(on) for on in days))
    doors = list(_with_types(declared.filter(site=site_id)))
    here = (next((door for door in doors if on in door.during), None) for on in days)
    return [standing(door) if door else UNDECLARED for door in here]


def doors_on(site_ids: Iterable[int], on: date) -> dict[int, Standing]:
    """How each of these sites stands on this day: one query."""
    ids = list(site_ids)
    doors = _with_types(Door.objects.standing(on).filter(site__in=ids))
    return dict.fromkeys(ids, UNDECLARED) | {door.site_id: standing(door) for door in doors}


def of_institutions(institution_ids: Iterable[int], on: date) -> dict[int, Level]:
    """How open each institution is: as its widest site; one query."""
    with connection.cursor() as cursor:
        cursor.execute(_OF_INSTITUTIONS, [on, list(institution_ids)])
        return {house: Level(_WIDTH[width - 1]) for house, width in cursor.fetchall()}


def standing(door: Any) -> Standing:
    """What a row says; without its `taken` types it says nothing of them."""
    types = frozenset(getattr(door, "taken", ()))
    return Standing(Level(door.level), door.mode, door.mode.conditions, door.through_on, types)


def counts(on: date) -> Counter[str]:
    """How many institutions stand at each level: one query."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNTS, [on])
        return Counter({_WIDTH[width - 1]: number for width, number in cursor.fetchall()})


def by_district(on: date) -> dict[str, Counter[str]]:
    """For each district (OKTMO) with a site: its institutions, by the widest door there."""
    found: dict[str, Counter[str]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_BY_DISTRICT, [on])
        for oktmo, width, number in cursor.fetchall():
            found.setdefault(oktmo, Counter())[_WIDTH[width - 1]] = number
    return found


def _with_types(doors: QuerySet[Door, Any]) -> QuerySet[Door, Any]:
    types = GuestMode.types.through._default_manager.filter(guestmode=OuterRef("mode"))
    return doors.select_related("mode").annotate(taken=ArraySubquery(types.values("type")))
