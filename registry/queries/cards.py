"""What the card of an institution and the card of an NGO show."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db.models import Prefetch

from casework.editions import CATALOGUE, mark_of
from registry.models import (
    Approved,
    Institution,
    Ngo,
    NgoFact,
    Registration,
    Site,
    Standing,
    TypeVersion,
)
from registry.queries.bars import barring
from registry.queries.imports import origins
from registry.queries.suspensions import imposed_in_order, told
from registry.queries.versions import versions_on

ONE_DAY = timedelta(days=1)


def institution_card(ref: str) -> dict[str, Any] | None:
    """An institution with its sites, where its data came from and the mark of the catalogue, or
    None.
    """
    sites = Prefetch("sites", Site.objects.select_related("district__okrug"))
    found = Institution.objects.select_related("organisation", "kind").prefetch_related(sites)
    marked = found.annotate(catalogue=mark_of(CATALOGUE))
    institution = marked.filter(organisation__ref=ref).first()
    if institution is None:
        return None
    return {
        "institution": institution,
        "organisation": institution.organisation,
        "kind": institution.kind.name,
        "sites": list(institution.sites.all()),
        "origins": origins(institution.pk),
    }


def ngo_card(ref: str, on: date) -> dict[str, Any] | None:
    """An NGO with its registrations as they stand on this day, or None."""
    known = Ngo.objects.public().select_related("organisation")
    ngo = known.filter(organisation__ref=ref).first()
    if ngo is None:
        return None
    named = versions_on(on)
    held = told(imposed_in_order(on).filter(ngo=ngo), on, named)
    return {
        "ngo": ngo,
        "organisation": ngo.organisation,
        "registrations": shown(registrations_of(ngo), on, named),
        "held": held,
        "held_now": [one for one in held if one.standing == "now"],
        "bar": barring(ngo.pk, on),
        "facts": facts_of(ngo),
        "origins": origins(ngo.pk),
    }


def facts_of(ngo: Ngo) -> list[dict[str, Any]]:
    """What the NGO was called and who headed it, each with its first and last day, the latest
    first; empty where nothing has ever changed.
    """
    return [
        {
            "fact": fact,
            "from_on": fact.during.lower,
            "through_on": fact.during.upper - ONE_DAY if fact.during.upper else None,
        }
        for fact in NgoFact.objects.filter(ngo=ngo).order_by("-during")
    ]


def known_as(ngo: Ngo, on: date) -> NgoFact:
    """What the NGO was called and who headed it on a day, as the register knows today."""
    found = NgoFact.objects.in_force(on).filter(ngo=ngo).first()
    organisation = ngo.organisation
    return found or NgoFact(
        ngo=ngo,
        name=organisation.name,
        short_name=organisation.short_name,
        form=ngo.form,
        head_name=ngo.head_name,
    )


def registrations_of(ngo: Ngo) -> list[Registration]:
    """All registrations of an NGO with what they allow: two queries."""
    approved = Approved.objects.select_related("type", "kind").order_by("type__code", "kind")
    registrations = Registration.objects.filter(ngo=ngo).order_by("-during")
    return list(registrations.prefetch_related(Prefetch("approved", approved)))


def current(registrations: Iterable[Registration], on: date) -> Registration | None:
    """The one in force; else the next to come; else the last that was."""
    rank = {
        Standing.IN_FORCE: 0,
        Standing.NOT_YET: 1,
        Standing.EXPIRED: 2,
        Standing.WITHDRAWN: 3,
    }
    return min(registrations, key=lambda r: (rank[r.standing(on)], -r.pk), default=None)


def shown(
    registrations: list[Registration], on: date, named: Iterable[TypeVersion]
) -> list[dict[str, Any]]:
    """Registrations in words, that of today first; `named` are the versions in force."""
    names = {version.type.code: version.name for version in named}
    first = current(registrations, on)
    ordered = sorted(registrations, key=lambda registration: registration is not first)
    return [
        {
            "number": registration.number,
            **period(registration),
            "standing": registration.standing(on).value,
            "standing_label": registration.standing(on).label,
            "withdrawn_on": registration.withdrawn_on,
            "types": _types(registration, names),
        }
        for registration in ordered
    ]


def period(registration: Registration) -> dict[str, date | None]:
    """The first and the last valid day; None where there is no end."""
    upper = registration.during.upper
    return {
        "valid_from": registration.during.lower,
        "valid_through": upper - ONE_DAY if upper else None,
    }


def _types(registration: Registration, names: dict[str, str]) -> list[dict[str, Any]]:
    kinds: dict[str, list[str]] = {}
    for approved in registration.approved.all():
        kinds.setdefault(approved.type.code, []).append(approved.kind.name)
    return [
        {"code": code, "name": names.get(code, code), "kinds": where}
        for code, where in kinds.items()
    ]
