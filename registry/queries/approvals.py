"""What an NGO's registration allows on a day."""

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from registry.models import Approved, Registration
from registry.queries.suspensions import holding_back


def covers(
    ngo_organisation_id: int,
    type_code: str,
    kind_code: str,
    on: date,
    *,
    institution_id: int | None = None,
) -> bool:
    """Whether this NGO may do this in institutions of this kind on this day.

    A suspension of the whole or of the type counts; one of an institution, where it is named.
    """
    allowed = _allowed(ngo_organisation_id, on, institution_id)
    return allowed.filter(type__code=type_code, kind__code=kind_code).exists()


def approved_types(
    ngo_organisation_id: int, on: date, *, institution_id: int | None = None
) -> dict[str, list[str]]:
    """The codes of the types allowed on this day, each with the codes of kinds it is for."""
    pairs = (
        _allowed(ngo_organisation_id, on, institution_id)
        .order_by("type__code", "kind")
        .values_list("type__code", "kind__code")
    )
    found: dict[str, list[str]] = {}
    for type_code, kind_code in pairs:
        found.setdefault(type_code, []).append(kind_code)
    return found


def _allowed(ngo_id: int, on: date, institution_id: int | None) -> QuerySet[Approved, Any]:
    held = holding_back(ngo_id, on, type_id=OuterRef("type"), institution_id=institution_id)
    in_force = Registration.objects.filter(ngo=ngo_id).in_force(on)
    return Approved.objects.filter(~Exists(held), registration__in=in_force)
