"""Whom institutions need: everywhere, on a card, and all that one house has announced."""

from datetime import date
from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import get_language

from institutions.models import Need
from registry.models import TypeVersion

RELATED = (
    "institution__organisation",
    "institution__kind",
    "site__district__okrug",
    "type",
)


def standing(on: date) -> QuerySet[Need, Any]:
    """Everything that is needed on this day or later, what begins first standing first; each with
    `name`, that of its type in the reader's language.
    """
    needs: QuerySet[Need, Any] = _named(Need.objects.standing(on), on)
    return needs.select_related(*RELATED).order_by("from_on", "through_on", "pk")


def wanted(on: date, *, okrug: str = "", kind_of_help: str = "") -> QuerySet[Need, Any]:
    """The same by okrug and by type of interaction; an empty word leaves everything.

    A need of no site is one of every okrug in which the institution has a site.
    """
    found = standing(on)
    if okrug:
        of_a_site = Q(site__district__okrug__code=okrug)
        of_the_house = Q(site__isnull=True, institution__sites__district__okrug__code=okrug)
        found = found.filter(of_a_site | of_the_house).distinct()
    return found.filter(type__code=kind_of_help) if kind_of_help else found


def of_house(institution_id: int, on: date) -> list[Need]:
    """What one house needs now, as its card says it: one query."""
    return list(standing(on).filter(institution=institution_id))


def announced(institution_id: int, on: date, most: int) -> list[Need]:
    """Everything that a house announced, the newest first: one query."""
    own = _named(Need.objects.filter(institution=institution_id), on)
    newest = own.order_by(F("withdrawn_at").desc(nulls_first=True), "-through_on", "-pk")
    return list(newest.select_related("type", "site")[:most])


def _named(needs: Any, on: date) -> Any:
    column = "name_ru" if (get_language() or "").startswith("ru") else "name_en"
    version = TypeVersion.objects.in_force(on).filter(type=OuterRef("type"))
    return needs.annotate(name=Coalesce(Subquery(version.values(column)[:1]), "type__code"))
