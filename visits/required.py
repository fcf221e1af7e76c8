"""Something more is asked of volunteers: who is told in time, and what visits lose on its day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from casework.process import Ask
from casework.ripple import Touched
from casework.telling import tell
from registry.models import Tier
from visits.flows import VisitFlow
from visits.losing import Lost, coming_from, day_of, lost_without
from visits.models import Participation, Visit
from volunteers.models import RequirementChange
from volunteers.models.vetting import EXPERIENCE
from volunteers.queries import clearance
from volunteers.queries.facts import Facts, facts
from volunteers.queries.needed import needed
from volunteers.queries.requirements import newly_asked

WARNED = _("will be told now; whoever lacks it on its first day is taken off")
NOT_MET = _("whoever lacks it is taken off; the others come")


@dataclass(frozen=True)
class Short:
    """A coming visit, who is named for it, and who of them lacks what is newly asked."""

    visit: Visit
    on: date
    people: list[int]
    lacking: list[int]


def ahead_touches(ask: Ask[Any]) -> Iterable[Touched]:
    """Every visit from the change's day on in which somebody lacks what will be asked."""
    for one in _short(ask):
        heading = VisitFlow.heading(one.visit)
        yield Touched(one.visit.case.ref, heading, len(one.lacking), WARNED)


def ahead_settles(ask: Ask[Any]) -> None:
    """There is time until its day: each person is told once what to have, for which visits."""
    visits: dict[int, list[Short]] = {}
    for one in _short(ask):
        for person in one.lacking:
            visits.setdefault(person, []).append(one)
    for person, many in visits.items():
        key = f"requirement_ahead:{ask.case.pk}:{person}"
        who, values = User.objects.filter(pk=person), _values(ask, many)
        tell(who, kind="requirement_ahead", values=values, at=ask.at, key=key)


def first_day_touches(ask: Ask[Any]) -> Iterable[Touched]:
    """The visits that lose somebody on the change's first day."""
    for one in _short(ask):
        yield from (lost.touched() for lost in _lost(one))


def first_day_settles(ask: Ask[Any]) -> None:
    """Whoever lacks it still is taken off; a visit of nobody else is cancelled."""
    for one in list(_short(ask)):
        for lost in _lost(one):
            lost.settle(ask, f"ripple:{ask.case.pk}:{one.visit.pk}")


def _lost(one: Short) -> Iterable[Lost]:
    return lost_without(one.visit, one.people, one.lacking, NOT_MET)


def _short(ask: Ask[Any]) -> Iterable[Short]:
    """Constant queries, however many visits; experience is asked for house by house."""
    change, edition = ask.detail, ask.rules.catalogue
    first, above = newly_asked(change)
    visits = list(coming_from(change.from_on, at=ask.at)) if first else []
    people = _people(visits)
    known = _known(change, visits, people, ask)
    for visit in visits:
        on, place = day_of(visit), visit.institution_id
        need = needed(place, visit.type_version, on, edition)
        if first <= need.tier < above:
            facts_there = known[place] if place in known else known[None]
            named = people.get(visit.pk, [])
            asked = (change.requirement, place, need.last_on)
            lacking = [one for one in named if clearance.lacks(facts_there, one, *asked)]
            if lacking:
                yield Short(visit, on, named, lacking)


def _people(visits: list[Visit]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    parts = Participation.objects.filter(visit__in=visits, coming=True).order_by("pk")
    for visit, person in parts.values_list("visit", "volunteer"):
        found.setdefault(visit, []).append(person)
    return found


def _known(
    change: RequirementChange, visits: list[Visit], people: dict[int, list[int]], ask: Ask[Any]
) -> dict[int | None, Facts]:
    everybody = {one for many in people.values() for one in many}
    places: set[int | None] = {None}
    if change.requirement.code == EXPERIENCE:
        places |= {visit.institution_id for visit in visits}
    return {place: facts(everybody, tier=Tier.V3, institution=place, on=ask.on) for place in places}


def _values(ask: Ask[Any], many: list[Short]) -> dict[str, Any]:
    change = ask.detail
    return {
        "requirement_ru": change.requirement.name_ru,
        "requirement_en": change.requirement.name_en,
        "how_ru": change.requirement.how_ru,
        "how_en": change.requirement.how_en,
        "from_on": change.from_on.isoformat(),
        "visits": [
            {
                "begins": one.visit.slot.during.lower.isoformat(),
                "institution": one.visit.institution.organisation.short_name,
            }
            for one in many
        ],
        "link": reverse("clearance"),
    }
