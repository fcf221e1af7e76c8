"""People are checked: papers, the test, certificates confirmed by two, inductions, trust."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from demo.cast import DEPARTMENT, GROVE, LINDEN, OUTSIDE, SAIL, SATURDAYS, SHIFT
from demo.days import HOUR, MINUTE
from demo.houses import DOORLESS, HANDS, OPORA, ZARECHYE
from demo.stage import Stage
from registry.models import Tier
from volunteers.models import Answer, Outcome, QuestionVersion
from volunteers.rules import PASSED
from volunteers.services import outcomes, test, warnings
from volunteers.testing.drawing import Place, places
from volunteers.validity import months_after

BEGIN = -117
MOST_SLIPS = 3
OF_SELF = ("consent", "conduct")
OF_NGO = ("fluorography", "medical", "references", "interview", "risk")
CHECKERS = ("elena", "roman")
NEW = range(11, 17)
# Handed over by whom, so many working days before the last one: the first of them is late.
WAITING = (("vol14", "elena", 5), ("vol15", "elena", 0), ("vol16", "roman", 0))
COORDINATORS = {
    SATURDAYS: "daria",
    OUTSIDE: "mark",
    SHIFT: "zoya",
    OPORA: "volkova",
    HANDS: "krylov",
    DOORLESS: "zaitseva",
}
DESKS = {LINDEN: "oksana", SAIL: "melnik", GROVE: "galina", ZARECHYE: "larionova"}
# Who comes where, by NGO: the first two of Saturdays go on to the third tier at Linden Alley.
TEAMS: dict[tuple[str, str], tuple[str, ...]] = {
    (SATURDAYS, LINDEN): ("maria", "vol1", "vol2", "vol3", "vol4", "vol5", "viktor"),
    (SATURDAYS, GROVE): ("vol5", "vol6", "viktor"),
    (SATURDAYS, SAIL): ("vol3", "vol4", "vol6"),
    (OUTSIDE, LINDEN): ("savelyev", "kovalyova", "rozhkov"),
    (OUTSIDE, SAIL): ("savelyev", "kovalyova"),
    (SHIFT, GROVE): ("ilyina",),
    (OPORA, SAIL): ("lebedeva",),
    (HANDS, LINDEN): ("gordeev", "pchyolkina", "salikhov"),
    (DOORLESS, ZARECHYE): ("mukhina",),
}
MENTORS = ("maria", "vol1")
BASIC_ONLY = {HANDS}
# Ends in twenty days; the first warning was given, the second is left to the real worker.
ENDING = ("vol2", "fluorography")


@dataclass(frozen=True)
class Dossier:
    """One person on the way to clearance, and the NGO that keeps their papers."""

    stage: Stage
    key: str
    ngo: str

    def record(self, code: str, by: str, place: str, age: int, at: datetime) -> Outcome:
        """One outcome, recorded in `place`, of a paper so many days old."""
        on = at.date() - timedelta(days=age)
        if (self.key, code) == ENDING:
            on = months_after(self.stage.days.on(21), -12)
        return outcomes.record(
            self.stage.volunteer(self.key),
            self.stage.requirement(code),
            by=self.stage.acting(by, place),
            at=at,
            key=self.stage.key(),
            on=on,
            number=f"{self.stage.chance.randrange(10**8):08}" if code == "record" else "",
            institution=self.stage.institution(place) if place in DESKS else None,
        )

    def begins(self, at: datetime) -> None:
        """What the person says of themselves, and the passport seen by the NGO."""
        for code in OF_SELF:
            self.record(code, self.key, self.ngo, 0, at)
        self.record("identity", COORDINATORS[self.ngo], self.ngo, 0, at)

    def papers(self, at: datetime) -> None:
        """What the NGO sees; some months old, so that they end at different times."""
        for code in OF_NGO:
            age = self.stage.chance.randrange(20, 230)
            self.record(code, COORDINATORS[self.ngo], self.ngo, age, at)

    def tested(self, at: datetime) -> None:
        """The knowledge test, passed: the whole paper at one go, with a slip or two."""
        attempt = test.start(self.stage.person(self.key), Tier.V2, at)
        paper = list(enumerate(places(attempt.paper), start=1))
        asked = QuestionVersion.objects.select_related("question")
        keys = asked.in_bulk([place.version for _, place in paper])
        free = [n for n, place in paper if not keys[place.version].question.mandatory]
        chance = Random(self.key)  # noqa: S311  (the same slips every time)
        slips = chance.sample(free, chance.randrange(MOST_SLIPS + 1))
        Answer.objects.bulk_create(
            Answer(
                attempt=attempt,
                n=n,
                chosen=_chosen(place, keys[place.version], slip=n in slips),
                saved_at=at,
            )
            for n, place in paper
        )
        self.stage.agenda.add(at + 18 * MINUTE, test.finish, attempt)

    def certified(self, first: str, second: str, age: int, at: datetime) -> None:
        """Recorded by one checker, confirmed by another."""
        outcome = self.record("record", first, DEPARTMENT, age, at)
        self.stage.agenda.add(at + 5 * HOUR, confirm, self.stage, outcome, second)


def _chosen(place: Place, asked: QuestionVersion, *, slip: bool) -> list[int]:
    """Where the right options stand on the page; by a slip, where a wrong one does."""
    found = [n for n, option in enumerate(place.order) if asked.key[option] is not slip]
    return found[:1] if slip else found


def confirm(stage: Stage, outcome: Outcome, second: str, at: datetime) -> None:
    """The other checker says the same."""
    by = stage.acting(second)
    outcomes.second_opinion(outcome, PASSED, by=by, at=at, key=stage.key())


def plan(stage: Stage) -> None:
    """The teams are cleared as it begins; some are still on the way."""
    known: set[str] = set()
    for (ngo, house), people in TEAMS.items():
        for key in people:
            dossier = Dossier(stage, key, ngo)
            if key not in known:
                known.add(key)
                _clear(dossier, len(known))
            at = stage.days.back(BEGIN + 2, 12, len(known))
            stage.agenda.add(at, dossier.record, "induction", DESKS[house], house, 0)
    _third_tier(stage)
    _under_way(stage)
    _warn(stage)


def _clear(one: Dossier, number: int) -> None:
    days, add = one.stage.days, one.stage.agenda.add
    add(days.back(BEGIN, 10, number), one.begins)
    if one.ngo in BASIC_ONLY:
        return
    add(days.back(BEGIN, 14, number), one.papers)
    add(days.back(BEGIN, 18, number), one.tested)
    # Who of the two checkers is first changes.
    first, second = CHECKERS if number % 2 else CHECKERS[::-1]
    age = one.stage.chance.randrange(10, 60)
    add(days.back(BEGIN + 1, 10, number), one.certified, first, second, age)


def _third_tier(stage: Stage) -> None:
    """Trained people, known at Linden Alley, whom its director trusts by an order."""
    days, add = stage.days, stage.agenda.add
    for number, key in enumerate(MENTORS):
        one = Dossier(stage, key, SATURDAYS)
        add(days.back(-70, 15, number), one.record, "training", "daria", SATURDAYS, 1)
        add(days.back(-62, 15, number), one.record, "psychologist", "daria", SATURDAYS, 1)
        add(days.back(-14, 11, number), one.record, "trust", "irina", LINDEN, 0)


def _under_way(stage: Stage) -> None:
    """New people without a certificate, and certificates that wait for the second checker."""
    days, add = stage.days, stage.agenda.add
    last = days.last_working
    for number in NEW:
        add(days.back(-18, 13, number), Dossier(stage, f"vol{number}", SATURDAYS).begins)
    for key, first, ago in WAITING:
        at = days.at(days.before(last, ago), 15, int(key[3:]))
        add(at, Dossier(stage, key, SATURDAYS).record, "record", first, DEPARTMENT, 9)
    sofia = Dossier(stage, "sofia", SATURDAYS)
    add(days.back(-6, 19), sofia.record, "consent", "sofia", SATURDAYS, 0)


def _warn(stage: Stage) -> None:
    """Warnings as the daily job gives them, until the last of them is left to the real worker."""
    for offset in range(-112, -11, 7):
        stage.agenda.add(stage.days.back(offset, 7), warnings.warn_expiring)
