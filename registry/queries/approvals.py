"""What an NGO's registration allows on a day."""

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from registry.models import Approved, Registration
from registry.queries.suspensions import holding_back


def covering(
    ngo: int | OuterRef, on: date, *, institution_id: int | None = None
) -> QuerySet[Approved, Any]:
    """What this NGO may do on this day: pairs of a type and a kind of institution.

    A suspension of the whole or of the type counts; one of an institution, where it is named.
    """
    held = holding_back(
        OuterRef("registration__ngo"), on, type_id=OuterRef("type"), institution_id=institution_id
    )
    in_force = Registration.objects.in_force(on)
    return Approved.objects.filter(~Exists(held), registration__ngo=ngo, registration__in=in_force)


def approved_types(
    ngo_organisation_id: int, on: date, *, institution_id: int | None = None
) -> dict[str, list[str]]:
    """The codes of the types allowed on this day, each with the codes of kinds it is for."""
    pairs = (
        covering(ngo_organisation_id, on, institution_id=institution_id)
        .order_by("type__code", "kind")
        .values_list("type__code", "kind__code")
    )
    found: dict[str, list[str]] = {}
    for type_code, kind_code in pairs:
        found.setdefault(type_code, []).append(kind_code)
    return found
