"""Who is expected at a site today: what the gate sees, and nothing of anybody's papers.

One query answers for everybody what `services.gate.objections` answers for one person at the
door; a test holds the two equal.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import (
    BooleanField,
    Case,
    Exists,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)

from accounts.hats import Acting
from casework.editions import CATALOGUE, mark
from casework.parameters import rules_on
from institutions.models import Agreement, Door, Level
from institutions.queries.narrowing import demand
from registry.models import Approved, Registration, Site
from registry.queries import suspensions
from registry.queries.versions import versions
from visits.flows import VisitFlow
from visits.flows.stages import S
from visits.models import GateEvent, GateKind, Participation
from visits.queries.desk import house_of
from volunteers.models import Volunteer
from volunteers.queries import people
from volunteers.queries.needed import Needed, needed

State = Participation.State
GO, ASK, NO = "go", "ask", "no"
MOST = 500
DAY = timedelta(days=1)
BOOKED = (S.APPROVED, S.DONE, S.CLOSED)


@dataclass(frozen=True)
class Arrival:
    """One person at the gate: `sign` is GO, ASK or NO; `late_by` once they are called for."""

    part: Any
    sign: str
    opens_at: datetime
    late_by: timedelta | None = None

    @property
    def name(self) -> str:
        """Family name first, as a list is read aloud."""
        person = self.part.volunteer
        return f"{person.family_name} {person.given_name}".strip() or str(person)

    @property
    def minutes_late(self) -> int:
        """Whole minutes since they were due."""
        return int(self.late_by.total_seconds() // 60) if self.late_by else 0

    def answers_to(self, words: Sequence[str]) -> bool:
        """Whether every word begins a part of the name, or is the visit's reference."""
        parts = [_plain(part) for part in self.name.split()]
        ref = self.part.visit.case.ref.lower()
        return all(word == ref or any(p.startswith(word) for p in parts) for word in words)


@dataclass(frozen=True)
class Board:
    """The day of one site."""

    site: Site
    on: date
    expected: Sequence[Arrival]
    later: Sequence[Arrival]
    here: Sequence[Arrival]
    gone: Sequence[Arrival]
    total: int

    @property
    def everybody(self) -> list[Arrival]:
        """The whole list of the day, by time and name."""
        rows = [*self.expected, *self.later, *self.here, *self.gone]
        return sorted(rows, key=lambda one: (one.part.visit.during.lower, _plain(one.name)))


@dataclass(frozen=True)
class Manners:
    """How early the gate opens for a visit, and after how long it calls for who is late."""

    early: timedelta
    patience: timedelta

    @classmethod
    def on(cls, on: date) -> "Manners":
        """As the rulebook says on this day."""
        rules = rules_on(on)
        early, late = rules.number("visit.early"), rules.number("visit.no_show")
        return cls(timedelta(minutes=early), timedelta(minutes=late))

    def arrival(self, part: Any, at: datetime) -> Arrival:
        """How this person is to be met at this instant."""
        begins = part.visit.during.lower
        opens = begins - self.early
        late_by = at - begins if at - begins >= self.patience else None
        if not part.in_order:
            return Arrival(part, NO, opens)
        return Arrival(part, ASK if late_by or at < opens else GO, opens, late_by)


def sites_of(acting: Acting) -> list[Site]:
    """The sites whose gate this hat may keep."""
    return list(Site.objects.filter(institution=house_of(acting)))


def board(site: Site, zone: str, at: datetime, words: str = "") -> Board:
    """Everybody of today at this site; `words` narrows to names or a reference: three queries."""
    on = at.astimezone(ZoneInfo(zone)).date()
    manners = Manners.on(on)
    everybody = [manners.arrival(part, at) for part in parts_of(site, on, zone)[:MOST]]
    wanted = _plain(words).split()
    shown = [one for one in everybody if one.answers_to(wanted)]
    named = [one for one in shown if _is_awaited(one.part, at)]
    here = [one for one in shown if one.part.state == State.HERE]
    return Board(
        site=site,
        on=on,
        expected=[one for one in named if one.opens_at <= at],
        later=[one for one in named if one.opens_at > at],
        here=here,
        gone=[one for one in shown if one not in named and one not in here],
        total=len(everybody),
    )


def parts_of(site: Site, on: date, zone: str) -> QuerySet[Participation, Any]:
    """Everybody who comes to this site on this day, by time, with what the door asks: one query."""
    begins = datetime.combine(on, time.min, ZoneInfo(zone))
    coming = Participation.objects.filter(
        Q(coming=True) | Q(state=State.HERE),  # whoever was taken off while inside still leaves
        visit__institution=site.institution_id,
        visit__slot__site=site,
        visit__during__overlap=(begins, begins + DAY),
        visit__case__state__in=BOOKED,
    )
    related = ("volunteer", "visit__case", *(f"visit__{one}" for one in VisitFlow.related))
    noted = {"in_at": _noted(GateKind.IN, "at"), "out_at": _noted(GateKind.OUT, "at")}
    return (
        coming.annotate(
            in_order=in_order(site.institution_id, on),
            refused=_noted(GateKind.REFUSED, "code"),
            **noted,
        )
        .select_related(*related)
        .order_by("during", "visit", "volunteer__family_name", "pk")
    )


def in_order(institution_id: int, on: date) -> Case:
    """Whether door, agreement, register and clearance hold for somebody's part on this day."""
    ngo: Any = OuterRef("visit__ngo")
    kind_of_help: Any = OuterRef("visit__type_version__type")
    agreed = Agreement.objects.in_force(on).filter(
        institution=institution_id, ngo=ngo, covered__type=kind_of_help
    )
    registered = Approved.objects.filter(
        registration__in=Registration.objects.filter(ngo=OuterRef(ngo)).in_force(on),
        type=kind_of_help,
        kind=OuterRef("visit__institution__kind"),
    )
    held = suspensions.holding_back(ngo, on, type_id=kind_of_help, institution_id=institution_id)
    person = Volunteer.objects.filter(pk=OuterRef("volunteer"))
    shut = Door.objects.standing(on).filter(site=OuterRef("visit__slot__site"), level=Level.SHUT)
    return Case(
        When(
            Exists(shut) | ~Exists(agreed) | ~Exists(registered) | Exists(held), then=Value(False)
        ),
        *(
            When(visit__type_version__in=asking, then=Exists(person.filter(cleared)))
            for asking, cleared in _cleared(institution_id, on)
        ),
        default=Value(False),
        output_field=BooleanField(),
    )


def _cleared(institution_id: int, on: date) -> Iterator[tuple[list[int], Q]]:
    """Which versions ask for what here on this day, without those that the house does not take."""
    edition, asking = mark(CATALOGUE), dict[Needed, list[int]]()
    for version in versions(edition):
        if not demand(institution_id, version.type_id, on, edition).excluded:
            need = needed(institution_id, version, on, edition)
            asking.setdefault(need, []).append(version.pk)
    for need, keys in asking.items():
        yield keys, people.cleared(need.tier, institution_id, need.first_on, need.last_on)


def _noted(kind: str, field: str) -> Subquery:
    events = GateEvent.objects.filter(participation=OuterRef("pk"), kind=kind)
    return Subquery(events.values(field)[:1])


def _is_awaited(part: Any, at: datetime) -> bool:
    return bool(part.state == State.NAMED and at < part.visit.during.upper)


def _plain(text: str) -> str:
    return text.lower().replace("ё", "е")
