"""Who may move a case on a day, and the cases in which nobody may: one rule for both.

Whoever may: holds the stage's role on that day, is not away, and does not stand on the asking
side where the move is a decision. The list asks the database for what can be told from a case's
row, and judges the rest by everybody's memberships, read once: two queries for any number.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import reduce
from operator import or_
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from accounts.models import Membership, User
from accounts.permissions import PERMISSIONS_OF
from accounts.roles import OrganisationKind, Role
from casework import seats
from casework.details import detail_in, with_details
from casework.models import Absence, Case, Concerned
from casework.parties import DEPARTMENT, OWNER, Members, Opener, holders
from casework.process import Flow, Party, stage_of
from casework.queries import DRAFT
from casework.seats import THE_DEPARTMENT, Seat

NOBODY, AWAY, OWN = "nobody", "away", "own"


@dataclass(frozen=True)
class Holder:
    """Somebody who holds or held a role; `gone_on` and `back_on` are first days of being so."""

    person: int
    gone_on: date | None = None
    away_on: date | None = None
    back_on: date | None = None


@dataclass
class Staff:
    """Everybody with a role in some organisations on one day, and who held it last."""

    on: date
    seated: dict[Seat, dict[int, Holder]] = field(default_factory=dict)
    left: dict[Seat, date] = field(default_factory=dict)
    belonging: dict[int, set[int]] = field(default_factory=dict)

    def free(self, seat: Seat) -> set[int]:
        """Who sits there and is not away."""
        return {who for who, one in self.seated.get(seat, {}).items() if one.away_on is None}


@dataclass(frozen=True)
class Stuck:
    """A case in which nobody may move: since which day, and why.

    `whys`: NOBODY holds the role, those who do are AWAY (the first is back on `back_on`), or
    stand on the asking side (OWN).
    """

    case: Case
    seats: tuple[Seat, ...]
    whys: tuple[str, ...]
    since_on: date
    back_on: date | None = None


def who_may_move(detail: Any, on: date) -> QuerySet[User, Any]:
    """Whoever may take the next step in this case on this day: three queries at most."""
    case, owner = detail.case, stage_of(detail.case).owner
    if owner is None:
        return User.objects.none()
    vars(case)["concerns"] = list(case.concerned.values_list("person", flat=True))
    staff = staff_of([case], on)
    found = set().union(*(_free(leaf, detail, staff) for leaf in seats.picked(owner, detail)))
    return User.objects.filter(pk__in=found - _barred(case, staff), is_active=True)


def without_decider(on: date, cases: QuerySet[Case, Any]) -> list[Stuck]:
    """Those of these cases in which nobody may move, the longest so first: two queries."""
    asked = cases.filter(_thin(on), closed_at__isnull=True).exclude(state=DRAFT)
    people = Concerned.objects.filter(case=OuterRef("pk")).values("person")
    found = list(with_details(asked, _by_their_details()).annotate(concerns=ArraySubquery(people)))
    staff = staff_of(found, on) if found else Staff(on)
    stuck = (_stuck(case, staff) for case in found)
    return sorted(filter(None, stuck), key=lambda one: (one.since_on, one.case.pk))


def staff_of(cases: Iterable[Case], on: date) -> Staff:
    """The roles of everybody at the organisations of these cases and at the Department."""
    sides = {side for case in cases for side in (case.owner_id, case.asker_id) if side}
    here = Q(organisation__in=sides) | Q(organisation__kind=OrganisationKind.DEPARTMENT)
    of_the_staff = Membership.objects.filter(here).exclude(role=Role.VOLUNTEER).values("person")
    away = Absence.objects.on(on).filter(
        person=OuterRef("person"), organisation=OuterRef("organisation")
    )
    rows = (
        Membership.objects.filter(here, person__in=of_the_staff, during__startswith__lte=on)
        .annotate(
            kind=F("organisation__kind"),
            active=F("person__is_active"),
            away=Subquery(away.values("during")[:1]),
        )
        .order_by("pk")
    )
    staff = Staff(on)
    for one in rows:
        _seat(staff, one)
    return staff


def _seat(staff: Staff, one: Any) -> None:
    """Put one membership into everything it opens, or note until when it did."""
    place = THE_DEPARTMENT if one.kind == OrganisationKind.DEPARTMENT else one.organisation_id
    held = [Seat(place, permission) for permission in PERMISSIONS_OF[one.role]]
    ended = one.during.upper is not None and one.during.upper <= staff.on
    if ended or not one.active:
        for seat in held:
            last = one.during.upper or one.during.lower
            staff.left[seat] = max(staff.left.get(seat, last), last)
        return
    staff.belonging.setdefault(one.organisation_id, set()).add(one.person_id)
    away = one.away
    holder = Holder(
        one.person_id,
        away_on=away.lower if away else None,
        back_on=away.upper if away else None,
    )
    for seat in held:
        staff.seated.setdefault(seat, {})[one.person_id] = holder


def _stuck(case: Case, staff: Staff) -> Stuck | None:
    owner = stage_of(case).owner
    assert owner is not None  # noqa: S101  (an ending was not asked for)
    detail, barred = _detail(case), _barred(case, staff)
    parties = list(seats.picked(owner, detail))
    if set().union(*(_free(leaf, detail, staff) for leaf in parties)) - barred:
        return None
    places = tuple(filter(None, (seats.seat_of(leaf, case) for leaf in parties)))
    held = {who: one for seat in places for who, one in staff.seated.get(seat, {}).items()}
    return _why(case, places, held, barred, staff)


def _why(
    case: Case,
    places: tuple[Seat, ...],
    held: dict[int, Holder],
    barred: set[int],
    staff: Staff,
) -> Stuck:
    away = [one for who, one in held.items() if one.away_on and who not in barred]
    own = [who for who in held if who in barred]
    whys = tuple(
        why for why, true in ((NOBODY, not held), (AWAY, bool(away)), (OWN, bool(own))) if true
    )
    opened = case.opened_at.astimezone(ZoneInfo(case.owner.zone)).date()
    since = [opened, *(one.away_on for one in away if one.away_on)]
    if not own:
        since += [staff.left[seat] for seat in places if seat in staff.left]
    back = min((one.back_on for one in away if one.back_on), default=None)
    return Stuck(case, places, whys, max(since), back)


def _free(leaf: Party, detail: Any, staff: Staff) -> set[int]:
    """Who of this party could move, the asking side counted."""
    if seat := seats.seat_of(leaf, detail.case):
        return staff.free(seat)
    if isinstance(leaf, Members):
        return set()
    # The people of a case are few and nobody's deputies: the party itself knows them.
    return set(leaf.people(detail, staff.on).values_list("pk", flat=True))


def _barred(case: Case, staff: Staff) -> set[int]:
    """The asking side, as the engine sees it, where the move is a decision."""
    if not seats.bars_the_asking_side(Flow.by_kind[case.kind], case.state):
        return set()
    concerned: list[int] = vars(case)["concerns"]
    asking = staff.belonging.get(case.asker_id or 0, set())
    return {*asking, *concerned, *filter(None, (case.opened_by_id,))}


def _detail(case: Case) -> Any:
    """With the case, as parties read it; read apart only where the case's row says all."""
    if case.kind in _by_their_details():
        return detail_in(case)
    return _Row(case)


@dataclass(frozen=True)
class _Row:
    """Stands for the detail of a case whose parties read nothing but the case."""

    case: Case


def _open_stages() -> Iterator[tuple[type[Flow[Any]], str, Party]]:
    """Every stage in which members of an organisation are to move."""
    for flow in Flow.by_kind.values():
        for state, stage in flow.stages.items():
            if state != DRAFT and stage.owner and seats.is_of_an_organisation(stage.owner):
                yield flow, state, stage.owner


def _by_their_details() -> set[str]:
    """The kinds of which some party asks the detail."""
    return {flow.kind for flow, _, owner in _open_stages() if not seats.is_plain(owner)}


def _thin(on: date) -> Q:
    """Cases that may be stuck: certainly so by their row, or to be judged one by one."""
    found = Q(pk__in=())
    for flow, state, owner in _open_stages():
        here = Q(kind=flow.kind, state=state)
        if seats.is_plain(owner) and not seats.bars_the_asking_side(flow, state):
            here &= ~reduce(or_, (_somebody(leaf, on) for leaf in seats.leaves(owner)))
        found |= here
    return found


def _somebody(leaf: Party, on: date) -> Q:
    """In the database: this party has somebody who is not away."""
    if isinstance(leaf, Opener):
        return Q(Exists(User.objects.filter(pk=OuterRef("opened_by"), is_active=True)))
    if not isinstance(leaf, Members):
        return Q(pk__in=())
    away = Absence.objects.on(on).filter(
        person=OuterRef("person"), organisation=OuterRef("organisation")
    )
    free = Membership.objects.filter(
        ~Exists(away),
        role__in=holders(leaf.permission),
        during__contains=on,
        person__is_active=True,
    )
    if leaf.side == DEPARTMENT:
        return Q(Exists(free.filter(organisation__kind=OrganisationKind.DEPARTMENT)))
    side = "owner" if leaf.side == OWNER else "asker"
    return Q(**{f"{side}__in": free.values("organisation")})
