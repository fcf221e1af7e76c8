"""What the card of an institution and its own pages show of its doors."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import OuterRef, Prefetch, QuerySet, Subquery
from django.utils.dates import WEEKDAYS
from django.utils.translation import get_language

from accounts.models import Organisation
from casework.process import Flow
from institutions.models import Door, GuestMode, NarrowedType, Window
from institutions.queries import agreements, narrowing, needs, proposals, slots, types
from institutions.queries.doors import UNDECLARED, standing
from registry.models import Institution, Site, Type, TypeVersion

YEAR = timedelta(days=365)
DAYS_SHOWN = 14


def card(institution: Institution, sites: list[Site], at: datetime, on: date) -> dict[str, Any]:
    """What the public card says beside the register's data: seven queries."""
    doors = _doors(sites, on - YEAR, on)
    zone = institution.organisation.zone
    return {
        "doors": [site_doors(site, doors, on) for site in sites],
        "closures": [door for door in doors if door.mode.is_closure][::-1],
        "free_days": slots.free_by_day(institution.pk, zone, at, DAYS_SHOWN),
        "days_shown": DAYS_SHOWN,
        "partners": agreements.partners(institution.pk, on),
        "record": proposals.record(institution.pk, at),
        "needs": needs.of_house(institution.pk, on),
        "narrowed": _narrowed(institution, on),
        "several": len(sites) > 1,
        "today": on,
    }


def house(organisation: Organisation, on: date, *, drafts: bool) -> dict[str, Any]:
    """What an institution's own page of the door shows: its sites, and every mode it declared."""
    sites = list(Site.objects.filter(institution=organisation.pk))
    doors = _doors(sites, on, on)
    return {
        "doors": [site_doors(site, doors, on) for site in sites],
        "several": len(sites) > 1,
        "modes": _modes(organisation, drafts=drafts),
    }


def site_doors(site: Site, doors: list[Door], on: date) -> dict[str, Any]:
    """One site: how it stands on this day, what comes, and its hours by weekday."""
    own = [door for door in doors if door.site_id == site.pk]
    current = next((door for door in own if _holds(door, on)), None)
    return {
        "site": site,
        "door": current,
        "standing": standing(current) if current else UNDECLARED,
        "coming": [door for door in own if door.during.lower > on],
        "hours": hours(current.mode.windows.all()) if current else [],
        "types": type_names(current.mode.types.all()) if current else [],
    }


def type_names(types: Iterable[Any]) -> list[str]:
    """The names that `named_types` has found."""
    return [one.name for one in types]


def hours(windows: Any) -> list[dict[str, Any]]:
    """The seven weekdays, each with its times."""
    by_day: dict[int, list[Window]] = {}
    for window in windows:
        by_day.setdefault(window.weekday, []).append(window)
    return [{"name": name, "windows": by_day.get(day, [])} for day, name in WEEKDAYS.items()]


def latest(organisation: Organisation, like: str) -> GuestMode | None:
    """The mode to begin a new one from: the one named by its case, or the last declared."""
    own = GuestMode.objects.filter(institution=organisation.pk).exclude(level="shut")
    if like:
        return own.filter(case__ref=like).first()
    return own.published().last()


def named_types(on: date) -> QuerySet[Type, Any]:
    """Types with `name`, as it is on this day in the reader's language."""
    column = "name_ru" if (get_language() or "").startswith("ru") else "name_en"
    version = TypeVersion.objects.in_force(on).filter(type=OuterRef("pk"))
    return Type.objects.annotate(name=Subquery(version.values(column)[:1])).order_by("code")


def _doors(sites: list[Site], since: date, on: date) -> list[Door]:
    """The doors of these sites that hold on some day from `since` on: three queries."""
    standing_doors = Door.objects.filter(
        site__in=[site.pk for site in sites],
        withdrawn_at__isnull=True,
        during__overlap=(since, None),
    )
    types = Prefetch("mode__types", named_types(on))
    related = standing_doors.select_related("mode__site").prefetch_related("mode__windows", types)
    return list(related.order_by("during", "pk"))


def _holds(door: Door, on: date) -> bool:
    return on in door.during


def _narrowed(institution: Any, on: date) -> list[tuple[NarrowedType, str]]:
    """What is demanded beyond the catalogue now or later, with the names of the types: no query,
    for the institution of a card brings the mark of the catalogue along.
    """
    found = narrowing.of_house(institution.pk, on, institution.catalogue)
    named = types.names(on, institution.catalogue)
    return [(one, named.get(one.type.code, one.type.code)) for one in found]


def _modes(organisation: Organisation, *, drafts: bool) -> list[dict[str, Any]]:
    modes = GuestMode.objects.filter(institution=organisation.pk).select_related("case", "site")
    if not drafts:
        modes = modes.filter(published_at__isnull=False)
    stages = Flow.by_kind["guest_mode"].stages
    return [{"mode": mode, "stage": stages[mode.case.state]} for mode in modes.order_by("-pk")]
