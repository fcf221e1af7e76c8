"""What an NGO can do beside applying, and what of it is under way: one query for its page."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from casework.models import Case, Decision
from registry.models import Appeal, Contested, NgoChange
from registry.queries.appeals import FILED, STANDS, last_day
from registry.queries.bars import holding

WAITS = Q(kind__in=("appeal", "ngo_change"), state=FILED)
# No term of filing is longer than this, moved holidays included.
LONG_AGO = timedelta(days=400)


@dataclass(frozen=True)
class Open:
    """A decision that can still be appealed: what it was, and the last day."""

    case: Case
    what: Contested
    last_on: date


@dataclass
class Rights:
    """Decisions still to be appealed, appeals and a change under way, and until when it is barred
    from applying.
    """

    appealable: list[Open] = field(default_factory=list)
    appeals: list[Appeal] = field(default_factory=list)
    change: NgoChange | None = None
    barred_until: date | None = None

    @property
    def appeals_a_refusal(self) -> bool:
        """Whether the same words are being judged already."""
        return any(one.what == Contested.REFUSAL for one in self.appeals)


def rights_of(ngo: int, on: date) -> Rights:
    """What this NGO may do on this day."""
    found = Rights()
    for case in _cases(ngo, on):
        if case.state == FILED and case.kind == "appeal":
            found.appeals.append(case.appeal)
        elif case.state == FILED:
            found.change = case.ngochange
        else:
            found.appealable += _still_open(case, on)
        if case.barred_until:
            found.barred_until = max(case.barred_until, found.barred_until or date.min)
    return found


def _cases(ngo: int, on: date) -> QuerySet[Any, Any]:
    stands = WAITS
    for kind, state, _step in STANDS.values():
        stands |= Q(kind=kind, state=state)
    steps = {step for _kind, _state, step in STANDS.values()}
    decided = Decision.objects.filter(case=OuterRef("pk"), step__in=steps).order_by("-at")
    kept = Appeal.objects.filter(against=OuterRef("pk"), withdrawn_at=None)
    return (
        Case.objects.filter(stands, asker=ngo)
        .select_related("owner", "appeal__against", "ngochange")
        .annotate(
            decided_at=Subquery(decided.values("at")[:1]),
            contested=Exists(kept),
            barred_until=Subquery(holding(on).filter(case=OuterRef("pk")).values("until_on")[:1]),
        )
        .order_by("-decided_at", "-pk")
    )


def _still_open(case: Any, on: date) -> list[Open]:
    at: datetime | None = case.decided_at
    if case.contested or at is None:
        return []
    decided_on = at.astimezone(ZoneInfo(case.owner.zone)).date()
    if decided_on < on - LONG_AGO:
        return []
    what = next(
        w for w, (kind, state, _) in STANDS.items() if (kind, state) == (case.kind, case.state)
    )
    last_on = last_day(decided_on)
    return [Open(case, what, last_on)] if last_on >= on else []
