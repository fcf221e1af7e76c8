"""The versions of the interaction types, remembered by their edition."""

from datetime import date
from uuid import UUID

from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Prefetch

from casework.editions import CATALOGUE, kept, mark
from registry.models import Kind, ProcedureVersion, TypeVersion

ACCOMPANIED = "accompanied"


def versions(edition: UUID | None = None) -> list[TypeVersion]:
    """Every version there ever was, with type and kinds, by code and number.

    One query; none where the mark of the catalogue is at hand.
    """
    return kept(CATALOGUE, edition or mark(CATALOGUE), _read)


def versions_on(on: date, edition: UUID | None = None) -> list[TypeVersion]:
    """Those in force on this day, by code."""
    return [one for one in versions(edition) if on in one.during]


def accompanied(on: date, edition: UUID | None = None) -> set[str]:
    """The codes of the types that have a procedure of accompaniment on this day: people go outside
    with residents. One query; none where the mark of the catalogue is at hand.
    """
    dated = kept(ACCOMPANIED, edition or mark(CATALOGUE), _procedures)
    return {code for code, during in dated if on in during}


def _procedures() -> list[tuple[str, DateRange]]:
    return list(ProcedureVersion.objects.values_list("procedure__code", "during"))


def _read() -> list[TypeVersion]:
    kinds = Prefetch("kinds", Kind.objects.order_by("pk"))
    found = TypeVersion.objects.select_related("type").prefetch_related(kinds)
    return list(found.order_by("type__code", "number"))
