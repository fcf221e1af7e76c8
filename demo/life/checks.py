"""People are checked: papers, the test, certificates confirmed by two, inductions, trust."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from demo.cast import GROVE, LINDEN, OUTSIDE, SAIL, SATURDAYS, SHIFT
from demo.days import DAY, MINUTE
from demo.houses import DOORLESS, HANDS, OPORA, ZARECHYE
from demo.stage import Stage
from registry.models import Tier
from volunteers.models import Answer, Outcome, QuestionVersion
from volunteers.services import outcomes, test, warnings
from volunteers.services.outcomes import PASSED
from volunteers.testing.drawing import places
from volunteers.validity import months_after

BEGIN = -109
OF_SELF = ("consent", "conduct")
OF_NGO = ("fluorography", "medical", "references", "interview", "risk")
TRAINED = ("training", "psychologist")
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

    def record(self, code: str, by: str, at: datetime, *, on: date, place: str = "") -> Outcome:
        """One outcome; a certificate has a number."""
        return outcomes.record(
            self.stage.volunteer(self.key),
            self.stage.requirement(code),
            by=self.stage.acting(by, place or self.ngo),
            at=at,
            key=self.stage.key(),
            on=on,
            number=f"{self.stage.chance.randrange(10**8):08}" if code == "record" else "",
            institution=self.stage.institution(place) if place in DESKS else None,
        )

    def begins(self, at: datetime) -> None:
        """What the person says of themselves, and the passport seen by the NGO."""
        for code in OF_SELF:
            self.record(code, self.key, at, on=at.date())
        self.record("identity", COORDINATORS[self.ngo], at, on=at.date())

    def papers(self, at: datetime) -> None:
        """What the NGO sees; papers are some months old, so that they end at different times."""
        for code in OF_NGO:
            on = at.date() - timedelta(days=self.stage.chance.randrange(5, 60))
            if (self.key, code) == ENDING:
                on = months_after(self.stage.days.on(21), -12)
            self.record(code, COORDINATORS[self.ngo], at, on=on)

    def tested(self, at: datetime) -> None:
        """The knowledge test, answered right: the whole paper at one go."""
        attempt = test.start(self.stage.person(self.key), Tier.V2, at)
        paper = list(enumerate(places(attempt.paper), start=1))
        keys = QuestionVersion.objects.in_bulk([place.version for _, place in paper])
        Answer.objects.bulk_create(
            Answer(
                attempt=attempt,
                n=n,
                chosen=[i for i, one in enumerate(place.order) if keys[place.version].key[one]],
                saved_at=at,
            )
            for n, place in paper
        )
        self.stage.agenda.add(at + 18 * MINUTE, lambda at: test.finish(attempt, at))

    def certificate(self, first: str, at: datetime, *, on: date) -> Outcome:
        """Recorded by one checker; it waits for the other."""
        return self.record("record", first, at, on=on, place="department")

    def inducted(self, house: str, at: datetime) -> None:
        """Shown around by the house."""
        self.record("induction", DESKS[house], at, on=at.date(), place=house)


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
            stage.agenda.add(at, lambda at, one=dossier, house=house: one.inducted(house, at))
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
    add(days.back(BEGIN + 1, 10, number), lambda at: _two_checkers(one, number, at))


def _two_checkers(one: Dossier, number: int, at: datetime) -> None:
    """Recorded and confirmed by different people; who is first changes."""
    first, second = ("elena", "roman") if number % 2 else ("roman", "elena")
    on = at.date() - timedelta(days=one.stage.chance.randrange(10, 60))
    outcome = one.certificate(first, at, on=on)
    later = at + 5 * 60 * MINUTE
    one.stage.agenda.add(later, lambda at: confirm(one.stage, outcome, second, at))


def _third_tier(stage: Stage) -> None:
    """Trained people, known at Linden Alley, whom its director trusts by an order."""
    for number, key in enumerate(MENTORS):
        one = Dossier(stage, key, SATURDAYS)
        for code, offset in zip(TRAINED, (-70, -62), strict=True):
            at = stage.days.back(offset, 15, number)
            stage.agenda.add(
                at, lambda at, one=one, code=code: one.record(code, "daria", at, on=at.date() - DAY)
            )
        at = stage.days.back(-14, 11, number)
        stage.agenda.add(
            at, lambda at, one=one: one.record("trust", "irina", at, on=at.date(), place=LINDEN)
        )


def _under_way(stage: Stage) -> None:
    """New people without a certificate, and certificates that wait for the second checker."""
    days, add = stage.days, stage.agenda.add
    last = days.last_working
    for number in range(11, 17):
        one = Dossier(stage, f"vol{number}", SATURDAYS)
        add(days.back(-18, 13, number), one.begins)
    for key, first, ago in (("vol14", "elena", 5), ("vol15", "elena", 0), ("vol16", "roman", 0)):
        one = Dossier(stage, key, SATURDAYS)
        at = days.at(days.before(last, ago), 15, int(key[3:]))
        add(at, lambda at, one=one, by=first: one.certificate(by, at, on=at.date() - 9 * DAY))
    newcomer = Dossier(stage, "sofia", SATURDAYS)
    add(days.back(-6, 19), lambda at: newcomer.record("consent", "sofia", at, on=at.date()))


def _warn(stage: Stage) -> None:
    """Warnings as the daily job gives them, until the last of them is left to the real worker."""
    for offset in range(-105, -11, 7):
        stage.agenda.add(stage.days.back(offset, 7), warnings.warn_expiring)
