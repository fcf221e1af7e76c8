"""What stands beside the terms of agreements: who answers, who was briefed, who is needed."""

from datetime import datetime, timedelta

from demo.cast import GROVE, LINDEN, OUTSIDE, SAIL, SATURDAYS, SHIFT
from demo.houses import HANDS
from demo.life.beginnings import LEADERS
from demo.life.checks import COORDINATORS, DESKS
from demo.stage import Stage
from institutions.models import Agreement
from institutions.services import briefings, needs, representatives
from institutions.services.needs import Wanted

MONTH = timedelta(days=30)
TOPICS = (
    "Правила дома и проходной, пожарная безопасность, кому звонить, если что-то случилось. "
    "С простудой, сыпью и температурой не приходим. Никаких обещаний и подарков без ведома центра."
)
# The last two begin without a briefing: their first visits count as missed.
BRIEFED = (
    (SATURDAYS, LINDEN, 9, ("maria", "vol1", "vol2")),
    (SATURDAYS, GROVE, 6, ()),
    (SATURDAYS, SAIL, 5, ()),
    (SHIFT, GROVE, 4, ()),
)
LATE = ((OUTSIDE, LINDEN, 7), (HANDS, LINDEN, 3))
NEEDS = (
    (LINDEN, "T05", 3, "Настольные игры со старшими по средам после уроков: ребята просят мафию."),
    (GROVE, "T01", 4, "Мастер-классы руками: глина, бумага, войлок. Материалы есть, нужны люди."),
)


def plan(stage: Stage) -> None:
    """Named before the signatures, briefed before the first visits, some only later."""
    days, add = stage.days, stage.agenda.add
    for number, (ngo, house, people, heard) in enumerate(BRIEFED):
        add(days.back(-117, 15, number), _name, stage, ngo, house)
        add(days.back(-115, 12, number), _brief, stage, (ngo, house), people, heard)
    for number, (ngo, house, people) in enumerate(LATE):
        add(days.back(-40, 12, number), _brief, stage, (ngo, house), people, ())
    for number, need in enumerate(NEEDS):
        add(days.at(days.before(days.last_working, 2), 12, number), _announce, stage, need)


def _deal(stage: Stage, ngo: str, house: str) -> Agreement:
    sides = ("case", "institution__organisation", "ngo__organisation")
    found = Agreement.objects.filter(ngo=stage.ngo(ngo), institution=stage.institution(house))
    return found.select_related(*sides).earliest("pk")


def _name(stage: Stage, ngo: str, house: str, at: datetime) -> None:
    deal = _deal(stage, ngo, house)
    for side, names in ((ngo, COORDINATORS), (house, DESKS)):
        person, by = stage.person(names[side]), stage.acting(LEADERS[side], side)
        representatives.name(deal, person.pk, by=by, at=at)


def _brief(
    stage: Stage, sides: tuple[str, str], people: int, heard: tuple[str, ...], at: datetime
) -> None:
    known = [stage.person(key).pk for key in heard]
    given = briefings.Given(at.date(), TOPICS, people, known)
    by = stage.acting(COORDINATORS[sides[0]], sides[0])
    briefings.record(_deal(stage, *sides), given, by=by, at=at, key=stage.key())


def _announce(stage: Stage, need: tuple[str, str, int, str], at: datetime) -> None:
    house, code, people, words = need
    type_id = stage.version(code).type_id
    wanted = Wanted(type_id, words, people, at.date(), (at + MONTH).date())
    by = stage.acting(DESKS[house], house)
    needs.announce(stage.institution(house), wanted, by=by, at=at, key=stage.key())
