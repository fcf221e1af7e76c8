"""Cases in which nobody can decide: the Department is told of new ones, and writes on."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from accounts.hats import Acting
from accounts.models import User
from accounts.permissions import Permission
from accounts.roles import OrganisationKind
from casework import trail
from casework.deciders import Stuck, without_decider
from casework.models import Case
from casework.parties import holders
from casework.process import Flow, Objection, Refused
from casework.seats import THE_DEPARTMENT
from casework.telling import tell
from oversight.models import HandOn

MOSCOW = ZoneInfo("Europe/Moscow")
HAS_SOMEBODY = Objection(
    "somebody", _("Somebody can take the next step in this case again: nothing is to be handed on.")
)


def announce(at: datetime) -> int:
    """Tell the Department and whoever may invite there of every case that is newly so.

    One letter for each person, case and day since which nobody can decide; safe to repeat.
    """
    told = 0
    for one in without_decider(_day(at), Case.objects.all()):
        key = f"unattended:{one.case.pk}:{one.case.state}:{one.since_on}"
        heard = _members(one, Permission.INVITE, at) | _department(at)
        told += tell(
            heard.distinct(),
            kind="unattended",
            values=_values(one),
            at=at,
            key=key,
            case=one.case,
        )
    return told


def hand_on(case: Case, *, by: Acting, at: datetime) -> HandOn:
    """Note that the Department saw it and write to the organisation; once a day for each case.

    Raises Refused when somebody can decide after all.
    """
    on = _day(at)
    found = without_decider(on, Case.objects.filter(pk=case.pk))
    if not found:
        raise Refused(HAS_SOMEBODY)
    assert isinstance(by.user, User)  # noqa: S101  (the route asks for a role)
    with transaction.atomic():
        kept, new = HandOn.objects.select_for_update().get_or_create(
            case=case, on=on, defaults={"by": by.user, "at": at, "told": 0}
        )
        if new:
            kept.told = _write(found[0], at, on)
            kept.save(update_fields=["told"])
            trail.record(
                tenant=case.owner_id,
                actor=by.user.pk,
                action="case.handed_on",
                subject=f"case:{case.pk}",
            )
    return kept


def _write(one: Stuck, at: datetime, on: date) -> int:
    return tell(
        _members(one, Permission.SEE_CASES, at),
        kind="unattended_letter",
        values=_values(one),
        at=at,
        key=f"handed_on:{one.case.pk}:{on}",
        case=one.case,
    )


def _members(one: Stuck, permission: str, at: datetime) -> QuerySet[User, Any]:
    """Whoever holds this permission at the organisations whose move it is."""
    places = {seat.organisation for seat in one.seats} - {THE_DEPARTMENT}
    return _holding(permission, at, Q(memberships__organisation__in=places))


def _department(at: datetime) -> QuerySet[User, Any]:
    where = Q(memberships__organisation__kind=OrganisationKind.DEPARTMENT)
    return _holding(Permission.OVERSEE, at, where)


def _holding(permission: str, at: datetime, where: Q) -> QuerySet[User, Any]:
    found = User.objects.filter(
        where,
        is_active=True,
        memberships__during__contains=_day(at),
        memberships__role__in=holders(permission),
    )
    return User.objects.filter(pk__in=found.values("pk"))


def _values(one: Stuck) -> dict[str, Any]:
    words = {}
    for language in ("ru", "en"):
        with translation.override(language):
            words[f"kind_{language}"] = str(Flow.by_kind[one.case.kind].title)
    places = {seat.organisation for seat in one.seats}
    sides = [side for side in (one.case.owner, one.case.asker) if side and side.pk in places]
    return words | {
        "ref": one.case.ref,
        "organisation": ", ".join(side.short_name for side in sides),
        "since_on": one.since_on.isoformat(),
        "back_on": one.back_on.isoformat() if one.back_on else "",
        "whys": list(one.whys),
    }


def _day(at: datetime) -> date:
    return at.astimezone(MOSCOW).date()
