"""Declaring, closing and agreeing, as the tests of this floor do it."""

import itertools
from datetime import date, datetime, time, timedelta
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

from accounts.hats import Acting
from institutions.flows import AgreementFlow
from institutions.models import Agreement, GuestMode, Level, Window
from institutions.services import modes
from institutions.services.agreements import offer_agreement
from registry.models import Site, Type
from tests import factories

MOSCOW = ZoneInfo("Europe/Moscow")
NOON = datetime(2025, 6, 2, 12, tzinfo=MOSCOW)  # a Monday
TODAY = NOON.date()
DAY = timedelta(days=1)
_keys = itertools.count(1)


def key() -> str:
    return f"deed-{next(_keys)}"


def days(number: int) -> timedelta:
    return timedelta(days=number)


def window(weekday: int, begins: int = 11, ends: int = 13, capacity: int = 5) -> Window:
    return Window(weekday=weekday, begins=time(begins), ends=time(ends), capacity=capacity)


def director_of(site: Site, on: date = TODAY) -> Acting:
    member = site.institution.organisation.memberships.get(role="director")
    return factories.acting(member.person, on, "director")


def declare(
    site: Site, level: str = Level.HALF, *, at: datetime = NOON, **fields: Any
) -> GuestMode:
    """A mode drafted and declared by the site's director."""
    fields.setdefault("windows", [window(5)])
    fields.setdefault("from_on", at.astimezone(MOSCOW).date())
    by = director_of(site, at.date())
    mode = modes.draft_mode(site=site, level=level, by=by, at=at, **fields)
    modes.declare(mode, by=by, at=at, key=key())
    return mode


def close(site: Site, from_on: date, through_on: date, *, at: datetime = NOON) -> GuestMode:
    """A closure by order, drafted and closed by the site's director."""
    by = director_of(site, at.date())
    mode = modes.draft_closure(
        site=site,
        from_on=from_on,
        through_on=through_on,
        act_number="52",
        act_on=at.date(),
        by=by,
        at=at,
        reason="Карантин",
    )
    modes.declare(mode, by=by, at=at, key=key())
    return mode


def type_(code: str) -> int:
    return Type.objects.get(code=code).pk


def offer(
    cast: SimpleNamespace, *, by: str = "head", at: datetime = NOON, **fields: Any
) -> Agreement:
    """An offer of T01 for a year, by the head of the NGO unless said otherwise."""
    fields.setdefault("types", [type_("T01")])
    fields.setdefault("from_on", at.date())
    fields.setdefault("through_on", at.date() + days(364))
    fields.setdefault("key", key())
    return offer_agreement(
        institution=cast.house,
        ngo=cast.ngo,
        by=factories.acting(getattr(cast, by), at.date(), by),
        at=at,
        **fields,
    )


def agree(cast: SimpleNamespace, *, at: datetime = NOON, **fields: Any) -> Agreement:
    """The same, signed by the director."""
    deal = offer(cast, at=at, **fields)
    by = factories.acting(cast.director, at.date(), "director")
    AgreementFlow.sign(deal, by=by, at=at, key=key())
    return Agreement.objects.get(pk=deal.pk)
