"""What a register file would change: compares its facts with what is known; writes nothing."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db import models
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _

from accounts.models import Organisation
from accounts.roles import OrganisationKind
from registry.importing.facts import Facts, Values
from registry.importing.known import Known, Places
from registry.importing.plans import Changes, Planned, refused
from registry.models import Bar, Institution, Ngo, Outcome, Registration, Site
from registry.reading import Where

MAIN_SITE = "Основное здание"
SHORT = 200  # characters of a short name
ONE_DAY = timedelta(days=1)
REF = {OrganisationKind.INSTITUTION: "inst", OrganisationKind.NGO: "ngo"}


@dataclass
class Target:
    """The rows of one organisation with the file's facts already in them, not yet saved."""

    organisation: Organisation
    detail: Institution | Ngo
    site: Site | None = None
    registration: Registration | None = None
    approved: list[tuple[int, int]] = field(default_factory=list)
    changed: list[models.Model] = field(default_factory=list)


def plan_row(where: Where, facts: Facts, known: Known, places: Places) -> Planned:
    """What becomes of one organisation."""
    label = facts.organisation["short_name"] or facts.organisation["name"]
    there = known.organisations.get(facts.ogrn)
    if there is not None and there.kind != facts.kind:
        reason = _("The organisation with this OGRN already stands in the register as: %(kind)s.")
        words = OrganisationKind(there.kind).label
        return refused(where, label, "ogrn_of_other_kind", reason % {"kind": words})
    if there is not None and (bar := _barring(there, facts, known)):
        reason = _(
            "The NGO was excluded from the register and may come in again from %(day)s: until then "
            "no file registers it."
        )
        return refused(where, label, "barred", reason % {"day": f"{bar.until_on:%d.%m.%Y}"})
    target = _target(there, facts, known)
    changes = _take(target, target.organisation, facts.organisation, places)
    changes |= _take(target, target.detail, facts.detail, places)
    if target.site is not None and facts.site is not None:
        changes |= _take(target, target.site, facts.site, places)
    reason = _register(target, facts, known, places, changes)
    if there is None:
        return Planned(where, label, Outcome.CREATED, target=target)
    outcome = Outcome.UPDATED if changes else Outcome.UNCHANGED
    return Planned(
        where, label, outcome, changes, "kept" if reason else "", reason, target, there.pk
    )


def _target(there: Organisation | None, facts: Facts, known: Known) -> Target:
    organisation = there or Organisation(
        ref=f"{REF[facts.kind]}-{facts.ogrn}",
        kind=facts.kind,
        ogrn=facts.ogrn,
        short_name=facts.organisation["name"][:SHORT],
    )
    if facts.kind == OrganisationKind.NGO:
        return Target(organisation, known.ngos.get(organisation.pk) or Ngo())
    return Target(
        organisation,
        known.institutions.get(organisation.pk) or Institution(),
        site=known.sites.get(organisation.pk) or Site(name=MAIN_SITE),
    )


def _take(target: Target, row: models.Model, values: Values, places: Places) -> Changes:
    """Put the file's values into the row; an empty cell takes nothing away."""
    changes: Changes = {}
    for column, value in values.items():
        here = getattr(row, column)
        if value not in ("", None) and value != here:
            changes[column.removesuffix("_id")] = _shown(places, column, here, value)
            setattr(row, column, value)
    if changes:
        target.changed.append(row)
    return changes


def _shown(places: Places, column: str, was: Any, becomes: Any) -> tuple[str, str]:
    return places.shown(column, was), places.shown(column, becomes)


def _barring(there: Organisation, facts: Facts, known: Known) -> Bar | None:
    """What keeps an excluded NGO from the period of the file; what ended before is history."""
    bar = known.bars.get(there.pk)
    if bar is None or facts.during is None or _overlapping(there, facts.during, known):
        return None
    last = facts.during.upper
    return bar if last is None or last > bar.from_on else None


def _overlapping(there: Organisation, during: DateRange, known: Known) -> list[Registration]:
    registrations = known.registrations.get(there.pk, [])
    return [one for one in registrations if _overlap(one.during, during)]


def _register(target: Target, facts: Facts, known: Known, places: Places, changes: Changes) -> str:
    """Add a registration for a period that has none; what was decided here stays, and is said."""
    if facts.during is None:
        return ""
    overlapping = _overlapping(target.organisation, facts.during, known)
    if not overlapping:
        target.registration = Registration(during=facts.during)
        target.approved = [
            (places.types[code][0], kind) for code in facts.types for kind in places.types[code][1]
        ]
        changes["registration"] = "", _words(facts.during, facts.types)
        return ""
    here = overlapping[-1]
    types = tuple(sorted(known.approved.get(here.pk, ())))
    if here.during == facts.during and types == tuple(sorted(facts.types)):
        return ""
    reason = _("A file does not change a registration. Here: %(here)s. In the file: %(file)s.")
    words = {"here": _words(here.during, types), "file": _words(facts.during, facts.types)}
    return reason % words


def _overlap(one: DateRange, other: DateRange) -> bool:
    begins = one.lower is None or other.upper is None or one.lower < other.upper
    return begins and (one.upper is None or other.lower is None or other.lower < one.upper)


def _words(during: DateRange, types: tuple[str, ...]) -> str:
    last = "…" if during.upper is None else f"{during.upper - ONE_DAY:%d.%m.%Y}"
    first = "…" if during.lower is None else f"{during.lower:%d.%m.%Y}"
    return f"{first} – {last}; {', '.join(sorted(types))}"
