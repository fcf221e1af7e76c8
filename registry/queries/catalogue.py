"""Questions about the catalogue and the division of the city."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import Prefetch

from registry.models import (
    District,
    Kind,
    Okrug,
    ProcedureVersion,
    TypeVersion,
)
from registry.queries.names import in_order
from registry.queries.versions import versions_on


def okrugs_with_districts() -> list[dict[str, Any]]:
    """The okrugs by name, each with its districts' names and codes."""
    ordered = Prefetch("districts", District.objects.order_by(in_order("name")))
    return [
        {
            "code": okrug.code,
            "name": okrug.name,
            "district_count": len(okrug.districts.all()),
            "districts": [
                {"name": district.name, "code": district.oktmo}
                for district in okrug.districts.all()
            ],
        }
        for okrug in Okrug.objects.prefetch_related(ordered).order_by("name_ru")
    ]


def catalogue(on: date) -> list[dict[str, Any]]:
    """The versions in force on this day, by code, in the reader's language."""
    kinds = Kind.objects.count()
    return [_shown(version, kinds) for version in versions_on(on)]


def type_in_force(code: str, on: date) -> dict[str, Any] | None:
    """The version of this type in force on this day, or None."""
    version = next((one for one in versions_on(on) if one.type.code == code), None)
    return _shown(version, Kind.objects.count()) if version else None


def procedure_in_force(code: str, on: date) -> Sequence[dict[str, Any]]:
    """The steps of the procedure that goes with this type, in order; empty when there is none."""
    version = ProcedureVersion.objects.in_force(on).filter(procedure__code=code).first()
    if version is None:
        return []
    return [
        {
            "n": step.n,
            "actor": step.spoken("actor"),
            "action": step.spoken("action"),
            "evidence": step.spoken("evidence"),
        }
        for step in version.steps.all()
    ]


def _shown(version: TypeVersion, kinds_in_all: int) -> dict[str, Any]:
    texts = ("name", "supervision", "limits", "conditions")
    return {
        "code": version.type.code,
        "number": version.number,
        "valid_from": version.during.lower,
        "risk": version.risk,
        "risk_label": version.get_risk_display(),
        "tier": version.tier,
        "tier_label": version.get_tier_display(),
        "everywhere": len(version.kinds.all()) == kinds_in_all,
        "kinds": [kind.name for kind in version.kinds.all()],
        **{text: version.spoken(text) for text in texts},
    }
