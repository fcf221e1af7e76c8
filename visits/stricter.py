"""The catalogue or an institution demands more: what that does to coming visits."""

from collections.abc import Iterable
from typing import Any

from casework.process import Ask
from casework.ripple import Touched
from registry.catalogue.writing import written
from registry.models import TypeChange
from visits.losing import Lost, coming_from, without_tier

W = TypeChange.What


def type_change_touches(ask: Ask[Any]) -> Iterable[Touched]:
    """Visits of a type that is retired, not meant for their institution any more, or that asks
    for a tier somebody does not have.
    """
    return [one.touched() for one in _lost_by_type(ask)]


def type_change_settles(ask: Ask[Any]) -> None:
    """What is lost is settled; the others go by the new version."""
    change, lost = ask.detail, list(_lost_by_type(ask))
    for one in lost:
        one.settle(ask, f"ripple:{ask.case.pk}:{one.visit.pk}")
    if change.what == W.VERSION:
        visits = coming_from(change.from_on, at=ask.at).filter(type_version__type=change.type_id)
        keys = list(visits.values_list("pk", flat=True))
        visits.model.objects.filter(pk__in=keys).update(type_version=written(ask))


def narrowing_touches(ask: Ask[Any]) -> Iterable[Touched]:
    """Visits of a type that the house takes no longer, or asks a higher tier for."""
    return [one.touched() for one in _lost_by_narrowing(ask)]


def narrowing_settles(ask: Ask[Any]) -> None:
    """What is lost is settled; a condition in words touches no visit."""
    for one in list(_lost_by_narrowing(ask)):
        one.settle(ask, f"ripple:{ask.case.pk}:{one.visit.pk}")


def _lost_by_narrowing(ask: Ask[Any]) -> Iterable[Lost]:
    narrowed = ask.detail
    days = (narrowed.from_on, narrowed.through_on)
    visits = coming_from(*days, at=ask.at).filter(
        type_version__type=narrowed.type_id, institution=narrowed.institution_id
    )
    if narrowed.excluded:
        yield from (Lost(one) for one in visits)
    elif tier := narrowed.tier_at_least:
        stricter = [one for one in visits if one.type_version.tier < tier]
        yield from without_tier(stricter, tier, ask.rules.catalogue)


def _lost_by_type(ask: Ask[Any]) -> Iterable[Lost]:
    change = ask.detail
    if change.what == W.PROCEDURE:
        return
    visits = coming_from(change.from_on, at=ask.at).filter(type_version__type=change.type_id)
    kinds = change.content.get("kinds", [])
    gone = [one for one in visits if one.institution.kind.code not in kinds]
    yield from (Lost(one) for one in gone)
    kept = {one.pk for one in visits} - {one.pk for one in gone}
    tier = change.content.get("tier", "")
    stricter = [one for one in visits if one.pk in kept and one.type_version.tier < tier]
    yield from without_tier(stricter, tier, ask.rules.catalogue)
