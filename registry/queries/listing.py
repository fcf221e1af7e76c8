"""Found organisations as rows of a list."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg

from accounts.models import Organisation
from accounts.roles import OrganisationKind
from registry.models import Registration
from registry.queries.cards import current, period
from registry.queries.choices import Choices


def listed(
    organisations: Sequence[Organisation], choices: Choices, on: date
) -> list[dict[str, Any]]:
    """What a list says of each: an institution by its place, an NGO by its registration."""
    registrations = registrations_of(organisations, on)
    return [
        _institution(organisation, choices)
        if organisation.kind == OrganisationKind.INSTITUTION
        else _ngo(organisation, registrations.get(organisation.pk), choices, on)
        for organisation in organisations
    ]


def registrations_of(organisations: Sequence[Organisation], on: date) -> dict[int, Registration]:
    """For each NGO the registration that counts on this day, with its `types`: one query."""
    ngos = [o.pk for o in organisations if o.kind == OrganisationKind.NGO]
    if not ngos:
        return {}
    found: dict[int, list[Registration]] = {}
    codes = ArrayAgg("approved__type__code", distinct=True, default=[])
    for registration in Registration.objects.filter(ngo__in=ngos).annotate(types=codes):
        found.setdefault(registration.ngo_id, []).append(registration)
    counting = {key: current(registrations, on) for key, registrations in found.items()}
    return {key: registration for key, registration in counting.items() if registration}


def _institution(organisation: Any, choices: Choices) -> dict[str, Any]:
    district = organisation.district_code
    return {
        "organisation": organisation,
        "is_institution": True,
        "kind": choices.kinds.get(organisation.kind_code, ""),
        "beds": organisation.beds,
        "district": choices.districts.get(district, ""),
        "okrug": choices.okrugs.get(choices.okrug_of.get(district, ""), ""),
    }


def _ngo(
    organisation: Organisation, registration: Any, choices: Choices, on: date
) -> dict[str, Any]:
    row: dict[str, Any] = {"organisation": organisation, "is_institution": False}
    if registration is None:
        return row
    standing = registration.standing(on)
    return row | {
        "number": registration.number,
        **period(registration),
        "standing": standing.value,
        "standing_label": standing.label,
        "types": [(code, choices.types.get(code, code)) for code in registration.types],
    }
