"""Guest modes before and beside their steps: drafts, the step that declares, what has passed."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction

from accounts.hats import Acting
from accounts.models import Organisation, User
from casework.engine import open_case
from casework.models import Case, Decision
from casework.parameters import rules_on
from casework.process import Ask, Refused, Rule, Step
from institutions.consequences.doors import supersede
from institutions.flows import GuestModeFlow
from institutions.models import GuestMode, Level, Window
from institutions.rules import modes as rules
from registry.models import Site


def draft_mode(
    *,
    site: Site,
    level: str,
    from_on: date,
    by: Acting,
    at: datetime,
    through_on: date | None = None,
    windows: Iterable[Window] = (),
    types: Iterable[int] = (),
    notice_hours: int = 24,
    instant: bool = False,
    supervisor: int | None = None,
    conditions: str = "",
    reason: str = "",
) -> GuestMode:
    """A mode as the director writes it; nothing changes until it is declared. Raises Refused.

    `windows` are unsaved; `types` and `supervisor` are keys, no type means whatever was agreed.
    """
    mode = GuestMode(
        site=site,
        institution_id=site.institution_id,
        level=level,
        from_on=from_on,
        through_on=through_on,
        notice_hours=notice_hours,
        instant=instant,
        supervisor_id=supervisor,
        conditions=conditions,
        reason=reason,
    )
    return _keep(mode, rules.DRAFTED, by, at, windows=windows, types=types)


def draft_closure(
    *,
    site: Site,
    from_on: date,
    through_on: date,
    act_number: str,
    act_on: date,
    by: Acting,
    at: datetime,
    reason: str = "",
) -> GuestMode:
    """A closure by a dated order; nothing changes until it is closed. Raises Refused."""
    mode = GuestMode(
        site=site,
        institution_id=site.institution_id,
        level=Level.SHUT,
        from_on=from_on,
        through_on=through_on,
        act_number=act_number,
        act_on=act_on,
        reason=reason,
    )
    return _keep(mode, rules.CLOSING, by, at)


def declaring(mode: GuestMode) -> Step:
    """The step by which this mode or closure comes into force."""
    return GuestModeFlow.close if mode.is_closure else GuestModeFlow.publish


def declare(
    mode: GuestMode, *, by: Acting, at: datetime, key: str, confirmed: str = ""
) -> Decision:
    """Take that step; `confirmed` is the sign of what is touched. Raises Refused."""
    return declaring(mode)(mode, by=by, at=at, key=key, confirmed=confirmed)


def supersede_passed(at: datetime) -> int:
    """Close the cases of modes that newer ones have replaced by now; how many."""
    zones = Organisation.objects.filter(kind="institution").values_list("zone", flat=True)
    done = 0
    for zone in zones.distinct().order_by("zone"):
        on = at.astimezone(ZoneInfo(zone)).date()
        here = GuestMode.objects.passed(on).filter(institution__organisation__zone=zone)
        passed = list(here.select_related("case__owner"))
        supersede(passed, at)
        done += len(passed)
    return done


@transaction.atomic
def _keep(
    mode: GuestMode,
    judging: Iterable[Rule],
    by: Acting,
    at: datetime,
    *,
    windows: Iterable[Window] = (),
    types: Iterable[int] = (),
) -> GuestMode:
    owner = mode.site.institution.organisation
    _judge(mode, judging, by, at, owner)
    writer = by.user if isinstance(by.user, User) else None
    mode.case = open_case(GuestModeFlow, owner=owner, at=at, by=writer)
    mode.save(force_insert=True)
    mode.types.set(types)
    for window in windows:
        window.mode = mode
        window.save(force_insert=True)
    return mode


def _judge(
    mode: GuestMode, judging: Iterable[Rule], by: Acting, at: datetime, owner: Organisation
) -> None:
    """The rules that a draft can be held to already, so that its form can show them."""
    mode.case = Case(owner=owner)
    ask: Ask[Any] = Ask(mode, by, at, rules_on(at.astimezone(ZoneInfo(owner.zone)).date()))
    if found := [objection for rule in judging for objection in rule(ask)]:
        raise Refused(*found)
