"""The doors of the city: on the map by district, and in a district institution by institution."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from accounts.roles import OrganisationKind
from casework.parameters import rules_on
from institutions.models import Level
from institutions.queries import doors
from oversight.map import OPENNESS, Map, Mark, draw
from registry.models import District, Institution, Site
from registry.queries.names import in_order
from visits.flows.stages import ANSWER_BY_DOOR


@dataclass(frozen=True)
class House:
    """An institution as a row of its district: `answers` in working days, None when shut."""

    institution: Institution
    level: str
    answers: int | None


def city(on: date, chosen: str = "") -> Map:
    """The map of this day; `chosen` is the OKTMO of a district to be outlined: two queries."""
    found = doors.by_district(on)
    names = dict(District.objects.filter(oktmo__in=found).values_list("oktmo", "name"))
    marks = [Mark(oktmo, names[oktmo], _url(oktmo), found[oktmo]) for oktmo in found]
    return draw(marks, okrug_url, chosen)


def counts(on: date) -> dict[str, int]:
    """How many institutions stand at each level, the empty ones among them: one query."""
    found = doors.counts(on)
    return {level: found[level] for level in OPENNESS}


def houses(district: District, on: date) -> list[House]:
    """The institutions with a site in this district, by name, each by its widest door there."""
    sites = Site.objects.filter(district=district).select_related(
        "institution__organisation", "institution__kind"
    )
    ordered = list(sites.order_by(in_order("institution__organisation__short_name"), "pk"))
    standing = doors.doors_on([site.pk for site in ordered], on)
    levels: dict[int, str] = {}
    for site in ordered:
        here = str(standing[site.pk].level)
        levels[site.institution_id] = max(levels.get(site.institution_id, here), here, key=_width)
    answers = _answers(on)
    institutions = {site.institution_id: site.institution for site in ordered}
    return [
        House(institution, levels[key], answers(levels[key]))
        for key, institution in institutions.items()
    ]


def okrug_url(code: str) -> str:
    """The institutions of an okrug in the register."""
    return f"{reverse('register')}?what={OrganisationKind.INSTITUTION.value}&okrug={code}"


def _url(oktmo: str) -> str:
    return reverse("map-district", args=[int(oktmo)])


def _width(level: str) -> int:
    return OPENNESS.index(level)


def _answers(on: date) -> Callable[[str], int | None]:
    numbers = rules_on(on)

    def answers(level: Any) -> int | None:
        if level == Level.SHUT:
            return None
        return numbers.number(f"visit.answer.{ANSWER_BY_DOOR.get(level, 'request')}")

    return answers
