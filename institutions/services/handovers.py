"""A change of director: found by its dates, and the pack put together once."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from zoneinfo import ZoneInfo

from accounts.models import Membership, User
from accounts.roles import Role
from casework.engine import open_case, retried
from casework.process import Refused
from institutions.flows import HandoverFlow
from institutions.models import Handover, HandoverItem, HandoverState
from institutions.services.packs import pack_of
from registry.models import Institution


@dataclass(frozen=True)
class Change:
    """One director left, and this membership is their successor's."""

    before: User
    successor: Membership
    on: date


def begin_due(at: datetime, institution: int | None = None) -> int:
    """Begin the handovers that are due by now, everywhere or at one institution; how many.

    Safe to repeat and to run by several at once: a membership has one handover.
    """
    return sum(_begin(change, at) for change in changes(at, institution))


def waits(institution: int, at: datetime) -> bool:
    """Whether a pack waits for the director there; one that is due begins by this question."""
    begin_due(at, institution)
    found = Handover.objects.filter(institution=institution, case__state=HandoverState.OPEN)
    return found.exists()


def changes(at: datetime, institution: int | None = None) -> list[Change]:
    """Where the last director to leave has a successor who was handed nothing yet: two queries."""
    ended = Membership.objects.filter(
        role=Role.DIRECTOR,
        stands_for__isnull=True,
        during__upper_inf=False,
        during__isempty=False,
    )
    found = Membership.objects.filter(
        organisation__in=ended.values("organisation"),
        role=Role.DIRECTOR,
        stands_for__isnull=True,
        during__isempty=False,
    )
    if institution is not None:
        found = found.filter(organisation=institution)
    rows = list(found.select_related("organisation", "person").order_by("organisation", "during"))
    handed = set(
        Handover.objects.filter(membership__in=[one.pk for one in rows]).values_list(
            "membership", flat=True
        )
    )
    houses = groupby(rows, key=lambda one: one.organisation_id)
    due = (_change(list(held), at) for _, held in houses)
    return [one for one in due if one and one.successor.pk not in handed]


def _change(held: list[Membership], at: datetime) -> Change | None:
    """The last one to leave, and who has been there since; deputies are neither."""
    on = at.astimezone(ZoneInfo(held[0].organisation.zone)).date()
    left = [one for one in held if one.during.upper and one.during.upper <= on]
    here = [one for one in held if on in one.during and one.person.is_active]
    if not left or not here:
        return None
    last = max(left, key=lambda one: (one.during.upper, one.pk))
    if last.person_id in {one.person_id for one in here}:
        return None
    # Who directed beside the one who left knows the house: it is taken over by who came last.
    return Change(last.person, max(here, key=lambda one: (one.during.lower, one.pk)), on)


def _begin(change: Change, at: datetime) -> bool:
    def once() -> None:
        where = Institution.objects.select_related("organisation")
        institution = where.get(pk=change.successor.organisation_id)
        _pass_on(institution, at)
        handover = Handover(
            institution=institution,
            membership=change.successor,
            from_person=change.before,
            to_person=change.successor.person,
            started_on=change.on,
        )
        owner = institution.organisation
        handover.case = open_case(HandoverFlow, owner=owner, at=at, by=None)
        handover.save(force_insert=True)
        _keep(handover, pack_of(institution, change.on, at))
        HandoverFlow.begin(
            handover, by=None, at=at, key=f"handover:{change.successor.pk}", opened=True
        )

    try:
        retried(once)
    except Refused:
        # Another worker, or the director's own first look, was quicker.
        return False
    return True


def _pass_on(institution: Institution, at: datetime) -> None:
    """What an earlier director did not accept passes on whole in the new pack."""
    for earlier in _open_there(institution):
        HandoverFlow.replace(earlier, by=None, at=at, key=f"replace:{earlier.pk}")


def _open_there(institution: Institution) -> Iterator[Handover]:
    found = Handover.objects.filter(institution=institution, case__state=HandoverState.OPEN)
    yield from found.select_related("case__owner")


def _keep(handover: Handover, items: Iterable[HandoverItem]) -> None:
    kept = list(items)
    for one in kept:
        one.handover = handover
    HandoverItem.objects.bulk_create(kept)
