"""One visit from the wish to the confirmed hours, with whatever becomes of it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum, auto
from typing import Any

from casework.process import Refused
from casework.sweep import sweep
from demo.cast import GROVE, LINDEN, SAIL
from demo.days import DAY, HOUR, MINUTE
from demo.houses import ZARECHYE
from demo.life.checks import COORDINATORS, DESKS
from demo.stage import Stage
from institutions.models import Slot
from visits.flows import VisitFlow
from visits.flows.stages import S
from visits.models import GateKind, Participation, Visit
from visits.parties import HIGH
from visits.services import booking, gate

GATES = {LINDEN: "timur", SAIL: "zhdanov", GROVE: "ryabova", ZARECHYE: "larionova"}
PROGRAMMES = {
    "T01": "Мастер-класс по бумаге и клею: делаем город из коробок. Материалы приносим.",
    "T04": "Математика и русский за шестой класс, по задачам из школы.",
    "T05": "Настольные игры и чай. Группа до восьми человек.",
    "T06": "Прогулка по саду, подвижные игры на площадке.",
    "T07": "Поездка в музей и обратно на автобусе, возвращаемся к шести.",
    "T08": "Экскурсия в ботанический сад, автобус заказан.",
    "T11": "Красим скамейки и чиним песочницу; инструменты свои.",
    "T12": "Помогаем на завтраке и гуляем с теми, кто хочет выйти.",
}
REFUSALS = (
    ("V1", ""),
    ("V4", "В это время у группы врач. Запишитесь, пожалуйста, на вечер или на субботу."),
    ("V5", "Ребята устали от гостей на этой неделе и просят тихий день."),
    ("V7", "Соседи просили не больше двух групп во дворе в день; свободно завтра."),
)
OTHER_TIME = "В это время у группы другое занятие; в предложенное вас ждут."


class Fate(StrEnum):
    """What becomes of a wish."""

    HELD = auto()
    LATE = auto()
    NO_SHOW = auto()
    TURNED_AWAY = auto()
    REFUSED = auto()
    WITHDRAWN = auto()
    MOVED = auto()
    CANCELLED = auto()
    CALLED_OFF = auto()
    LAPSED = auto()
    ASKED = auto()
    OPEN_HOURS = auto()


@dataclass
class Wish:
    """Who of which NGO would come where, when and for what; whoever comes alone asks alone.

    `spare` come instead of those who are expected elsewhere at that time.
    """

    stage: Stage
    ngo: str
    house: str
    code: str
    begins: datetime
    people: tuple[str, ...]
    fate: Fate = Fate.HELD
    spare: tuple[str, ...] = ()
    visit: Visit | None = None

    def plan(self, asked_at: datetime | None = None) -> None:
        """Plan the asking; everything else follows from it."""
        lead = self.stage.chance.randrange(60, 130) * HOUR
        self.stage.agenda.add(asked_at or self.begins - lead, self.ask)

    @property
    def decider(self) -> str:
        """The desk; the director for high risk."""
        high = self.stage.version(self.code).risk in HIGH
        return self.stage.leaders[self.house] if high else DESKS[self.house]

    def ask(self, at: datetime) -> None:
        """Booked or asked for by the coordinator, or by the one who comes."""
        stage = self.stage
        slot = self._slot(self.begins)
        if slot is None:
            return
        self.people = self._free(slot)
        people = [stage.person(key) for key in self.people]
        by = COORDINATORS[self.ngo] if len(people) > 1 else self.people[0]
        try:
            self.visit = booking.book(
                by=stage.acting(by, self.ngo),
                slot=slot,
                ngos=[stage.ngo(self.ngo).pk],
                type_id=stage.version(self.code).type_id,
                people=[one.pk for one in people],
                programme=PROGRAMMES[self.code],
                at=at,
                key=stage.key(),
            )
        except Refused as refused:
            stage.refused.append(f"{at:%d.%m} {self.code} {self.house}: {refused}")
            return
        self._answer(at)

    def _free(self, slot: Slot) -> tuple[str, ...]:
        busy = Participation.objects.filter(active=True, coming=True, during__overlap=slot.during)
        elsewhere = set(busy.values_list("volunteer", flat=True))
        wanted = (*self.people, *self.spare)
        free = [key for key in wanted if self.stage.person(key).pk not in elsewhere]
        return tuple(free[: len(self.people)])

    def _slot(self, begins: datetime) -> Slot | None:
        here = Slot.objects.filter(
            site=self.stage.site(self.house), during__startswith=begins, withdrawn_at=None
        )
        return here.select_related("institution__organisation", "institution__kind").first()

    def _answer(self, at: datetime) -> None:
        later = at + self.stage.chance.randrange(14, 20) * HOUR
        add = self.stage.agenda.add
        match self.fate:
            case Fate.REFUSED:
                add(later, self._refuse)
            case Fate.WITHDRAWN:
                add(later, self._withdraw)
            case Fate.MOVED:
                add(later, self._move)
            case Fate.LATE:
                add(self.begins - 8 * HOUR, self.approve)
            case Fate.ASKED | Fate.LAPSED:
                self._sweep_at(self.begins + MINUTE)
            case _:
                add(later, self.approve)

    def approve(self, at: datetime) -> None:
        """Approved, unless it was booked at once; then people come."""
        if self._is(S.REQUESTED):
            self._take("approve", self.decider, at, supervisor=str(self._supervisor()))
        self._come()

    def _refuse(self, at: datetime) -> None:
        if self._is(S.REQUESTED):
            code, reason = self.stage.chance.choice(REFUSALS)
            self._take("refuse", self.decider, at, code=code, reason=reason)
        else:
            self._come()

    def _withdraw(self, at: datetime) -> None:
        if self._is(S.REQUESTED):
            self._take("withdraw", self._asker(), at, reason="Заболел второй доброволец.")
        else:
            self._come()

    def _move(self, at: datetime) -> None:
        slot = self._other_slot()
        if slot is None or not self._is(S.REQUESTED):
            self.approve(at)
            return
        self.offer(slot, at)
        self.stage.agenda.add(at + 5 * HOUR, self._accept, slot)

    def offer(self, slot: Slot, at: datetime) -> None:
        """Another time is offered."""
        supervisor = str(self._supervisor())
        answers = {"slot": str(slot.pk), "supervisor": supervisor, "reason": OTHER_TIME}
        self._take("move", self.decider, at, **answers)

    def _accept(self, slot: Slot, at: datetime) -> None:
        self._take("accept", self._asker(), at)
        self.begins = slot.during.lower
        self._come()

    def _come(self) -> None:
        """Called off by one side, or held: people come and go, hours are confirmed."""
        add = self.stage.agenda.add
        match self.fate:
            case Fate.CANCELLED:
                add(self.begins - 20 * HOUR, self._cancel)
            case Fate.CALLED_OFF:
                add(self.begins - 9 * HOUR, self._call_off)
            case _:
                add(self.begins - 4 * MINUTE, self._arrive)

    def _cancel(self, at: datetime) -> None:
        if self._is(S.APPROVED):
            answers = {"code": "K3", "reason": "Простудились оба; просим прощения у ребят."}
            self._take("cancel", self._asker(), at, **answers)

    def _call_off(self, at: datetime) -> None:
        if self._is(S.APPROVED):
            answers = {"code": "K2", "reason": "Заболел сотрудник смены, остаться с вами некому."}
            self._take("cancel", self.decider, at, **answers)

    def _arrive(self, at: datetime) -> None:
        if not self._is(S.APPROVED):
            return
        visit = self._now()
        parts = list(visit.participations.filter(coming=True).order_by("pk"))
        absent = parts[-1:] if self.fate == Fate.NO_SHOW else []
        for part in parts:
            if part in absent:
                continue
            if self.fate == Fate.TURNED_AWAY and part == parts[0]:
                self.note(part, GateKind.REFUSED, at, code="G2")
                continue
            self.note(part, GateKind.IN, at, healthy=True)
            self.stage.agenda.add(
                visit.during.upper - 5 * MINUTE,
                self.note,
                part,
                GateKind.OUT,
            )
        self._sweep_at(visit.during.upper + MINUTE)
        if self.fate != Fate.OPEN_HOURS:
            self.stage.agenda.add(visit.during.upper + 22 * HOUR, self._close)

    def _close(self, at: datetime) -> None:
        if self._is(S.DONE):
            self._take("close", COORDINATORS[self.ngo], at)

    def note(self, part: Participation, kind: GateKind, at: datetime, **how: Any) -> None:
        """The gate notes one person."""
        by = self.stage.acting(GATES[self.house], self.house)
        gate.note(part, kind, by=by, at=at, key=self.stage.key(), **how)

    def _take(self, step: str, who: str, at: datetime, **answers: Any) -> None:
        side = self.ngo if who in (*self.people, COORDINATORS[self.ngo]) else self.house
        by, key = self.stage.acting(who, side), self.stage.key()
        VisitFlow.steps[step](self._now(), by=by, at=at, key=key, **answers)

    def _now(self) -> Visit:
        assert self.visit is not None  # noqa: S101  (acts after asking follow from it)
        return Visit.objects.select_related("case").get(pk=self.visit.pk)

    def _is(self, state: str) -> bool:
        """What it rested on may have changed in between: then its people do not come."""
        return self._now().case.state == state

    def _asker(self) -> str:
        return COORDINATORS[self.ngo]

    def _supervisor(self) -> int:
        return self.stage.person(DESKS[self.house]).pk

    def _other_slot(self) -> Slot | None:
        """A free time in the days after, outside what is left to the real worker."""
        days = self.stage.days
        around = (self.begins + HOUR, self.begins + 9 * DAY)
        later = Slot.objects.filter(
            site=self.stage.site(self.house), withdrawn_at=None, during__startswith__range=around
        )
        free = [slot for slot in later.order_by("during") if slot.free >= len(self.people)]
        over = [slot for slot in free if slot.during.upper + HOUR < days.quiet_at]
        return next((slot for slot in over if slot.during.lower > self.begins + DAY), None)

    def _sweep_at(self, at: datetime) -> None:
        if at < self.stage.days.quiet_at:
            self.stage.agenda.add(at, sweep)
