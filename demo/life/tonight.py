"""What everybody of the cast finds now, whatever day and hour it is.

Linden Alley keeps special hours today and tomorrow, laid around the moment of the start, so that
somebody stands at its gate. What is late has just become so and waits for the real worker.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import Exists, F, OuterRef

from demo.cast import GROVE, LINDEN, OUTSIDE, SAIL, SATURDAYS, SHIFT
from demo.days import DAY, HOUR, MINUTE, MOSCOW, Days
from demo.life.doors import REGULAR, declare
from demo.life.visiting import Fate, Wish
from demo.stage import Stage
from institutions.models import Level, Slot, Window
from institutions.services import modes
from visits.models import GateKind, Participation

DECLARED = -9
LAST = time(23, 59, 59)
QUARTER = 15  # minutes
PLACES = 8
OPEN_DAYS = "Открытые дни: принимаем и в необычные часы. Приходите за десять минут, с паспортом."


@dataclass(frozen=True)
class Hours:
    """One time of a day."""

    on: date
    begins: time
    ends: time

    def overlaps(self, other: "Hours") -> bool:
        """Whether they share a minute."""
        return self.on == other.on and self.begins < other.ends and other.begins < self.ends


def plan(stage: Stage) -> None:
    """Special hours first, then what happens in them, then what waits for answers."""
    days = stage.days
    stage.agenda.add(days.back(DECLARED, 11), _special, stage)
    _at_the_gate(stage)
    _soon(stage)
    _to_answer(stage)
    _to_confirm(stage)


def special_hours(days: Days) -> list[Hours]:
    """Around the moment of the start, then the usual ones of today and tomorrow that fit."""
    found = list(_around(days))
    for on in (days.today, days.today + DAY):
        for first, last, _ in REGULAR[LINDEN][1][on.weekday()]:
            found.append(Hours(on, time(first), time(last)))
    found.append(Hours(days.today + DAY, time(10), time(11)))
    kept: list[Hours] = []
    for one in found:
        if not any(one.overlaps(other) for other in kept):
            kept.append(one)
    return kept


def _around(days: Days) -> Iterator[Hours]:
    """Two hours about to begin, and two after them; late at night they have begun already, and
    the others come past midnight.
    """
    midnight = days.at(days.today + DAY, 0)
    begun = days.now.replace(minute=days.now.minute // QUARTER * QUARTER, second=0, microsecond=0)
    next_quarter = begun + QUARTER * MINUTE
    first = next_quarter if next_quarter + HOUR <= midnight else begun
    yield _two_hours(first)
    after = first + 2 * HOUR + QUARTER * MINUTE
    if after + HOUR <= midnight:
        yield _two_hours(after)
    else:
        yield Hours(midnight.date(), time(0), time(1, 30))


def _two_hours(first: datetime) -> Hours:
    last = first + 2 * HOUR
    same_day = last.date() == first.date()
    return Hours(first.date(), first.time(), last.time() if same_day else LAST)


def _special(stage: Stage, at: datetime) -> None:
    by = stage.acting("irina", LINDEN)
    windows = [
        Window(weekday=one.on.weekday(), begins=one.begins, ends=one.ends, capacity=PLACES)
        for one in special_hours(stage.days)
    ]
    mode = modes.draft_mode(
        site=stage.site(LINDEN),
        level=Level.HALF,
        from_on=stage.days.today,
        through_on=stage.days.on(1),
        by=by,
        at=at,
        windows=windows,
        conditions=OPEN_DAYS,
    )
    declare(stage, mode, by, at)


def begins(one: Hours) -> datetime:
    """Its first instant."""
    return datetime.combine(one.on, one.begins, MOSCOW)


def by_time(found: list[Hours]) -> list[Hours]:
    """The earliest first."""
    return sorted(found, key=begins)


class AtTheGate(Wish):
    """A visit of today: it is approved, and the gate notes only some of its people."""

    inside: tuple[str, ...] = ()

    def _come(self) -> None:
        for number, key in enumerate(self.inside):
            come = self.stage.days.now - (14 - number) * MINUTE
            self.stage.agenda.add(come, self._enters, key)

    def _enters(self, key: str, at: datetime) -> None:
        part = self._now().participations.get(volunteer=self.stage.person(key))
        self.note(part, GateKind.IN, at, healthy=True)


def _at_the_gate(stage: Stage) -> None:
    """One visit goes on, one is to come."""
    current, *later = special_hours(stage.days)
    asked_at = stage.days.now - 75 * HOUR
    here = AtTheGate(stage, SATURDAYS, LINDEN, "T05", begins(current), ("vol2", "vol3", "vol4"))
    here.inside = ("vol2", "vol3")
    here.plan(asked_at)
    after = next((one for one in later if begins(one) > stage.days.now), current)
    AtTheGate(stage, OUTSIDE, LINDEN, "T06", begins(after), ("savelyev", "kovalyova")).plan(
        asked_at + HOUR
    )


def soon(days: Days) -> Hours:
    """The last time of the next twenty-four hours, some hours from now."""
    earliest, latest = days.now + 3 * HOUR, days.now + 24 * HOUR
    return [one for one in by_time(special_hours(days)) if earliest <= begins(one) < latest][-1]


def _soon(stage: Stage) -> None:
    """A visit of the next twenty-four hours, of which the real worker reminds."""
    at = begins(soon(stage.days))
    wish = AtTheGate(stage, SATURDAYS, LINDEN, "T05", at, ("maria", "viktor"))
    wish.plan(stage.days.now - 80 * HOUR)


def _to_answer(stage: Stage) -> None:
    """Late and in time, of high risk, and another time that was offered."""
    days = stage.days
    late = days.at(days.last_working - DAY, 15)
    wishes = (
        (SATURDAYS, LINDEN, "T01", 3, ("vol3", "vol5"), late),
        (SATURDAYS, LINDEN, "T06", 4, ("vol4",), days.now - 2 * HOUR),
        (SATURDAYS, LINDEN, "T07", 5, ("maria", "vol1"), days.now - 20 * HOUR),
        (OUTSIDE, LINDEN, "T08", 6, ("kovalyova",), days.now - 6 * HOUR),
        (OUTSIDE, SAIL, "T08", 4, ("savelyev",), days.now - 5 * HOUR),
        (SHIFT, GROVE, "T12", 4, ("ilyina",), days.now - 4 * HOUR),
    )
    for ngo, house, code, ahead, people, asked_at in wishes:
        wish = Later(stage, ngo, house, code, days.now, people, Fate.ASKED)
        wish.ahead = ahead
        wish.plan(asked_at)
    for ngo, house, people in (
        (SATURDAYS, LINDEN, ("vol5", "vol1")),
        (SHIFT, GROVE, ("ilyina",)),
    ):
        code = "T05" if ngo == SATURDAYS else "T12"
        offered = Offered(stage, ngo, house, code, days.now, people, Fate.ASKED)
        offered.ahead = 7
        offered.plan(days.now - 19 * HOUR)


class Later(Wish):
    """A wish for the first free time some days ahead."""

    ahead: int = 3

    def _slot(self, begins: datetime) -> Slot | None:
        earliest = self.stage.days.back(0, 0) + self.ahead * DAY
        here = Slot.objects.filter(
            site=self.stage.site(self.house), withdrawn_at=None, during__startswith__gte=earliest
        ).select_related("institution__organisation", "institution__kind")
        busy = Participation.objects.filter(
            volunteer__in=[self.stage.person(key) for key in self.people],
            active=True,
            during__overlap=OuterRef("during"),
        )
        free = here.filter(~Exists(busy), used__lte=F("capacity") - len(self.people))
        return free.order_by("during").first()


class Offered(Later):
    """The institution offers another time; the answer is left to the asker."""

    def _answer(self, at: datetime) -> None:
        self.stage.agenda.add(self.stage.days.now - 3 * HOUR, self._other)

    def _other(self, at: datetime) -> None:
        self.ahead += 2
        slot = self._slot(at)
        if slot is not None:
            self.offer(slot, at)


def _to_confirm(stage: Stage) -> None:
    """Visits of the last working days whose hours nobody has confirmed."""
    days = stage.days
    for ago, ngo, people in ((0, SATURDAYS, ("vol1", "vol2")), (1, SATURDAYS, ("viktor",))):
        on = days.before(days.last_working, ago)
        hour = REGULAR[LINDEN][1][on.weekday()][0][0]
        Wish(stage, ngo, LINDEN, "T05", days.at(on, hour), people, Fate.OPEN_HOURS).plan()
    on = days.before(days.last_working, 1)
    Wish(stage, SHIFT, GROVE, "T12", days.at(on, 16), ("ilyina",), Fate.OPEN_HOURS).plan()
