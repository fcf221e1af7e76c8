"""What coming visits lose when what they demand of people gets stricter: shown, then settled."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from casework.process import Ask, Text
from casework.ripple import Touched
from visits.flows import VisitFlow
from visits.flows.stages import S
from visits.models import Visit
from visits.plans import local_day
from volunteers.queries import clearance
from volunteers.queries.needed import needed

LIVE = (S.REQUESTED, S.OFFERED, S.APPROVED)
CALLED_OFF = _("will be cancelled; everybody is told")
TAKEN_OFF = _("whoever has no clearance %(tier)s is taken off; the others come")


@dataclass(frozen=True)
class Lost:
    """A visit that cannot be held as it stands: wholly, or without these people."""

    visit: Visit
    people: tuple[int, ...] = ()
    outcome: Text = CALLED_OFF

    def touched(self) -> Touched:
        """As it is shown before it is confirmed."""
        coming = self.visit.participations.filter(coming=True).count()
        people = len(self.people) or coming
        ref = self.visit.case.ref
        return Touched(ref, VisitFlow.heading(self.visit), people, self.outcome)

    def settle(self, ask: Ask[Any], key: str) -> None:
        """Take the people off, or cancel it."""
        for person in self.people:
            by_person = f"{key}:{person}"
            VisitFlow.take_off(self.visit, by=None, at=ask.at, key=by_person, person=person)
        if not self.people:
            VisitFlow.displace(self.visit, by=None, at=ask.at, key=key, reason="")


def coming_from(first: date, last: date | None = None, *, at: datetime) -> QuerySet[Visit, Any]:
    """Visits that are asked for or booked for these days: by the time last offered."""
    times = Coalesce(F("offered_slot__during"), F("during"))
    found = Visit.objects.filter(Q(case__state__in=LIVE), during__endswith__gt=at)
    dated: Any = found.annotate(time=times).filter(time__startswith__date__gte=first)
    if last is not None:
        dated = dated.filter(time__startswith__date__lte=last)
    coming: QuerySet[Visit, Any] = dated
    return coming.select_related("case__owner", *VisitFlow.related).order_by("during", "pk")


def without_tier(visits: Iterable[Visit], tier: str, edition: UUID) -> Iterable[Lost]:
    """What these visits lose when everybody in them needs this tier."""
    for visit in visits:
        people, here = coming_to(visit), visit.institution_id
        need = needed(here, visit.type_version, day_of(visit), edition)
        asked = max(tier, need.tier)
        missing = clearance.missing_for(people, asked, here, need.first_on, need.last_on)
        lacking = [person for person in people if missing[person]]
        yield from lost_without(visit, people, lacking, TAKEN_OFF % {"tier": tier})


def lost_without(
    visit: Visit, people: Sequence[int], lacking: Sequence[int], outcome: Text
) -> Iterable[Lost]:
    """What a visit of these people loses with those of them who lack something."""
    if lacking and len(lacking) == len(people):
        yield Lost(visit)
    elif lacking:
        yield Lost(visit, tuple(lacking), outcome)


def coming_to(visit: Visit) -> list[int]:
    """Who is named for it and has not declined."""
    return list(visit.participations.filter(coming=True).values_list("volunteer", flat=True))


def day_of(visit: Visit) -> date:
    """The day of the time last offered, where the institution is."""
    slot = visit.offered_slot or visit.slot
    return local_day(slot.during.lower, visit.institution)
