"""Lived-in houses of the old register: a few in every okrug, each with its door."""

from datetime import datetime, timedelta
from itertools import groupby

from accounts.hats import acting_as
from accounts.memberships import grant
from accounts.models import User
from accounts.roles import Role
from demo.life.doors import WEEKEND, WORKDAYS, Hours, Order, always, close, declare, weekly
from demo.stage import Stage
from institutions.models import Level
from institutions.services import modes
from registry.models import Site

SINCE, CLOSED = -34, -5
A_OKRUG = 2
LEVELS: list[tuple[Level, Hours]] = [
    (Level.HALF, {1: ((15, 18, 5),), 3: ((15, 18, 5),), 5: ((11, 13, 6),)}),
    (Level.WIDE, {**always(WORKDAYS, (16, 19, 6)), **always(WEEKEND, (11, 16, 10))}),
    (Level.AJAR, {5: ((12, 14, 4),)}),
]
# The numbers of orders in force today, by the place of the house among those that live here.
ORDERS = {3: "17", 8: "6-К", 13: "112", 18: "29", 22: "8/1"}


def plan(stage: Stage) -> None:
    """Directors come, doors are declared, a handful is closed by order today."""
    stage.agenda.add(stage.days.back(SINCE, 10), _declare, stage)
    stage.agenda.add(stage.days.back(CLOSED, 16), _close, stage)


def _sites() -> list[Site]:
    """Two houses of every okrug, those whose director is known by name."""
    imported = Site.objects.filter(institution__organisation__ref__startswith="inst-")
    related = imported.select_related("district__okrug", "institution__organisation")
    named = [
        site
        for site in related.order_by("district__okrug__code", "institution__organisation__ref")
        if len(site.institution.head_name.split()) == len(("family", "given", "patronymic"))
    ]
    by_okrug = groupby(named, key=lambda site: site.district.okrug_id)
    return [site for _, sites in by_okrug for site in list(sites)[:A_OKRUG]]


def _declare(stage: Stage, at: datetime) -> None:
    for number, site in enumerate(_sites()):
        level, hours = LEVELS[number % len(LEVELS)]
        by = acting_as(_director(stage, site, at), None, at.date())
        mode = modes.draft_mode(
            site=site, level=level, from_on=at.date(), by=by, at=at, windows=weekly(hours)
        )
        declare(stage, mode, by, at)


def _director(stage: Stage, site: Site, at: datetime) -> User:
    family, given, patronymic = site.institution.head_name.split()
    organisation = site.institution.organisation
    director = User.objects.create_user(
        f"{organisation.ref}@people.example",
        family_name=family,
        given_name=given,
        patronymic=patronymic,
        joined_at=at,
    )
    since = at.date() - timedelta(days=700)
    grant(director, organisation, Role.DIRECTOR, on=since, by=stage.person("lev"))
    return director


def _close(stage: Stage, at: datetime) -> None:
    for number, site in enumerate(_sites()):
        if number in ORDERS:
            director = User.objects.get(memberships__organisation=site.institution_id)
            days = (stage.days.on(CLOSED + 1), stage.days.on(3 + number % 5))
            order = Order(ORDERS[number], "Карантин по ОРВИ и гриппу", *days)
            close(stage, site, order, acting_as(director, None, at.date()), at)
