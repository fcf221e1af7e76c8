"""Visits in bulk, as their steps would have left them: past, asked for, booked, unanswered."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import product
from typing import Any

from accounts.models import User
from benchmarks.fill.cases import CHUNK, concern, decide, open_cases, run
from casework.models import Case, Delivery, Notice
from institutions.models import Agreement, Slot
from registry.models import TypeVersion
from visits.flows import VisitFlow
from visits.flows.stages import S
from visits.models import GateEvent, GateKind, Hours, Participation, Visit
from volunteers.models import Experience

DAY, WORKING_DAYS = timedelta(days=1), 3
DAYS_BEFORE = 10 * DAY
OVER = {S.CLOSED}
DECIDED = {S.CLOSED, S.APPROVED}
Held = Sequence[tuple[Visit, Sequence[User]]]


@dataclass(frozen=True)
class Staff:
    """Who answers, who stands at the gate, who confirms the hours; under which rulebook."""

    desk: User
    gate: User
    coordinator: User
    rulebook: int


@dataclass(frozen=True)
class Wish:
    """A visit to write: when and who; `late_by` is how long its answer is overdue."""

    slot: Slot
    people: Sequence[User]
    late_by: timedelta = timedelta(0)


class Writer:
    """Writes the visits of one NGO to one institution."""

    def __init__(self, agreement: Agreement, staff: Staff, at: datetime) -> None:
        self.agreement, self.staff, self.at = agreement, staff, at
        self.version = TypeVersion.objects.filter(type__code="T01").latest("number")

    def write(self, state: S, wishes: Sequence[Wish]) -> list[Visit]:
        """All these visits in this state, with all that hangs on them."""
        cases = open_cases(VisitFlow, self.at, (self._case(state, one) for one in wishes))
        visits = Visit.objects.bulk_create(
            (
                self._visit(case, wish, active=state not in OVER)
                for case, wish in zip(cases, wishes, strict=True)
            ),
            CHUNK,
        )
        held = [(visit, wish.people) for visit, wish in zip(visits, wishes, strict=True)]
        concern((visit.case, person.pk) for visit, people in held for person in people)
        parts = self._parts(state, held)
        decide(self._decisions(state, visits), self.staff.rulebook)
        run(self._terms(state, zip(visits, wishes, strict=True)), self.staff.rulebook)
        if state in OVER:
            self._came(parts)
        if state in DECIDED:
            self._told(held)
        _take_places(wishes)
        return list(visits)

    def _case(self, state: S, wish: Wish) -> dict[str, Any]:
        begins = wish.slot.during.lower
        opened = min(begins, self.at) - DAYS_BEFORE - wish.late_by
        return {
            "owner_id": self.agreement.institution_id,
            "asker_id": self.agreement.ngo_id,
            "state": state,
            "opened_by": wish.people[0],
            "opened_at": opened,
            "closed_at": wish.slot.during.upper if state in OVER else None,
        }

    def _visit(self, case: Case, wish: Wish, *, active: bool) -> Visit:
        return Visit(
            case=case,
            institution_id=self.agreement.institution_id,
            ngo_id=self.agreement.ngo_id,
            slot=wish.slot,
            agreement=self.agreement,
            type_version=self.version,
            supervisor=self.staff.desk,
            during=wish.slot.during,
            active=active,
            programme="Читаем вслух",
        )

    def _parts(self, state: S, held: Held) -> list[Participation]:
        over = state in OVER
        rows = (
            Participation(
                visit=visit,
                volunteer=person,
                during=visit.during,
                active=not over,
                state=Participation.State.LEFT if over else Participation.State.NAMED,
                told_at=visit.case.opened_at,
            )
            for visit, people in held
            for person in people
        )
        return list(Participation.objects.bulk_create(rows, CHUNK))

    def _decisions(self, state: S, visits: Iterable[Visit]) -> Iterator[dict[str, Any]]:
        for visit in visits:
            case, asker = visit.case, visit.case.opened_by_id
            yield _step(case, "request", S.DRAFT, S.REQUESTED, by=asker, at=case.opened_at)
            if state not in DECIDED:
                continue
            desk, answered = self.staff.desk.pk, case.opened_at + DAY
            row = _step(case, "approve", S.REQUESTED, S.APPROVED, by=desk, at=answered)
            yield row | {"decides": True, "settles": True}
            if state in OVER:
                ended, by = visit.during.upper, self.staff.coordinator.pk
                yield _step(case, "finish", S.APPROVED, S.DONE, by=None, at=ended)
                yield _step(case, "close", S.DONE, S.CLOSED, by=by, at=ended)

    def _terms(self, state: S, rows: Any) -> Iterator[tuple[Case, str, dict[str, Any]]]:
        for visit, wish in rows:
            case = visit.case
            start = {"started_at": case.opened_at, "days": WORKING_DAYS, "unit": "wd"}
            waiting = state == S.REQUESTED
            stopped = None if waiting else case.opened_at + DAY
            late = self.at - wish.late_by
            due = late if wish.late_by else max(self.at, case.opened_at) + WORKING_DAYS * DAY
            told = late if wish.late_by else None
            ends = {"due_at": due, "stopped_at": stopped, "escalated_at": told}
            yield case, "answer", start | ends
            moment = {"started_at": case.opened_at, "due_at": visit.during.lower}
            yield case, "begins", moment | {"stopped_at": stopped}
            if not waiting:
                ended = visit.during.upper
                over = {"stopped_at": ended if state in OVER else None}
                yield case, "ends", {"started_at": case.opened_at, "due_at": ended} | over

    def _came(self, parts: Sequence[Participation]) -> None:
        kinds = ((GateKind.IN, "lower"), (GateKind.OUT, "upper"))
        events = (
            GateEvent(
                participation=part,
                kind=kind,
                at=getattr(part.during, end),
                recorded_at=self.at,
                by=self.staff.gate,
                key=f"bench:{part.pk}:{kind}",
            )
            for part, (kind, end) in product(parts, kinds)
        )
        GateEvent.objects.bulk_create(events, CHUNK)
        hours = (
            Hours(
                participation=part,
                volunteer_id=part.volunteer_id,
                minutes=75,
                confirmed_by=self.staff.coordinator,
                confirmed_at=part.during.upper,
            )
            for part in parts
        )
        Hours.objects.bulk_create(hours, CHUNK)
        Experience.objects.bulk_create(
            (
                Experience(
                    volunteer_id=part.volunteer_id,
                    institution_id=self.agreement.institution_id,
                    on=part.during.lower.date(),
                    source=f"part-{part.pk}",
                )
                for part in parts
            ),
            CHUNK,
        )

    def _told(self, held: Held) -> None:
        notices = Notice.objects.bulk_create(
            (
                Notice(
                    key=f"bench:{visit.pk}:{person.pk}",
                    person=person,
                    case=visit.case,
                    kind="visit_approve",
                    values={"ref": visit.case.ref},
                    at=visit.case.opened_at + DAY,
                    read_at=visit.case.opened_at + 2 * DAY,
                )
                for visit, people in held
                for person in people
            ),
            CHUNK,
        )
        Delivery.objects.bulk_create(
            (
                Delivery(
                    notice=one,
                    channel="email",
                    state=Delivery.State.SENT,
                    available_at=one.at,
                    sent_at=one.at,
                )
                for one in notices
            ),
            CHUNK,
        )


def _step(
    case: Case, name: str, before: str, after: str, *, by: int | None, at: datetime
) -> dict[str, Any]:
    return {
        "case": case,
        "step": name,
        "before": before,
        "after": after,
        "actor_id": by,
        "at": at,
    }


def _take_places(wishes: Iterable[Wish]) -> None:
    taken = Counter[int]()
    slots = {}
    for wish in wishes:
        taken[wish.slot.pk] += len(wish.people)
        slots[wish.slot.pk] = wish.slot
    for key, slot in slots.items():
        slot.used += taken[key]
    Slot.objects.bulk_update(slots.values(), ["used"], CHUNK)
