"""Whether a registration is held back: the one question, asked by everything above."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.hats import Acting
from casework.queries import cases_visible_to
from registry.models import Ngo, Suspension, TypeVersion


@dataclass(frozen=True)
class Held:
    """A suspension as pages show it: `standing` is now, to_come, lifted or ended."""

    suspension: Suspension
    standing: str
    type_name: str


def imposed() -> QuerySet[Suspension, Any]:
    """Every suspension that was ever imposed; drafts are nobody's business."""
    return Suspension.objects.filter(suspended_at__isnull=False)


def holding_back(
    ngo: int | OuterRef,
    on: date,
    *,
    type_id: int | OuterRef | None = None,
    institution_id: int | None = None,
) -> QuerySet[Suspension, Any]:
    """The suspensions that stop this NGO on this day from this type in this institution."""
    return held_on(on).filter(
        Q(type=None) | Q(type=type_id),
        Q(institution=None) | Q(institution=institution_id),
        ngo=ngo,
    )


def held_on(on: date) -> QuerySet[Suspension, Any]:
    """Everything that is held back on this day."""
    kept = imposed().filter(Q(lifted_on=None) | Q(lifted_on__gt=on))
    return kept.filter(from_on__lte=on, through_on__gte=on)


def imposed_in_order(on: date) -> QuerySet[Suspension, Any]:
    """Those holding back on this day first, then the newest."""
    now = Exists(held_on(on).filter(pk=OuterRef("pk")))
    related = "case", "ngo__organisation", "type", "institution__organisation"
    found = imposed().select_related(*related).annotate(now=now)
    return found.order_by("-now", "-from_on", "-pk")


def held_now(ngo: Ngo, on: date, named: Iterable[TypeVersion]) -> list[Held]:
    """What of this NGO's registration is held back on this day, in words."""
    return told(imposed_in_order(on).filter(ngo=ngo, pk__in=held_on(on)), on, named)


def drafts_of(acting: Acting) -> QuerySet[Suspension, Any]:
    """What whoever acts has written down and not imposed yet."""
    cases = cases_visible_to(acting).filter(kind="suspension", state="draft")
    drafts = Suspension.objects.filter(case__in=cases)
    return drafts.select_related("case", "ngo__organisation").order_by("-pk")


def told(suspensions: Iterable[Suspension], on: date, named: Iterable[TypeVersion]) -> list[Held]:
    """These suspensions as they stand on this day, in words of the reader's language; `named` are
    the versions in force.
    """
    names = {v.type_id: f"{v.type.code} {v.name}" for v in named}
    return [
        Held(one, _standing(one, on), names.get(one.type_id or 0, str(one.type or "")))
        for one in suspensions
    ]


def _standing(one: Suspension, on: date) -> str:
    if one.lifted_on is not None and one.lifted_on <= on:
        return "lifted"
    if on < one.from_on:
        return "to_come"
    return "now" if on <= one.through_on else "ended"
