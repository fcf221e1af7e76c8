"""NGOs on their way into the register: four eyes of the Department, mended defects, a refusal."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.core.files.base import File

from demo.cast import OUTSIDE, SATURDAYS, SHIFT
from demo.days import HOUR
from demo.houses import BANDS, DOORLESS, HANDS, OPORA, PAGE, PAW, PORCH, QUICK, WIND
from demo.life.beginnings import LEADERS
from demo.stage import Stage
from registry import applying, documenting
from registry.flows import RegistrationFlow
from registry.models import Application, DocumentKind

OLGA, ANDREI = "olga", "andrei"
EXPERIENCE = (
    "Организация работает с учреждениями Москвы пятый год. В команде координаторы и добровольцы, "
    "которые приходят постоянно; разовых визитов к детям не бывает."
)
SAFEGUARDING = (
    "Никто не остаётся с ребёнком наедине. Фотографии, подарки и переписка вне учреждения "
    "запрещены. О любом опасении координатор сообщает директору и в Департамент в тот же день."
)
PREPARATION = (
    "Собеседование, вводное занятие на четыре часа, проверка знаний, первые визиты вместе "
    "с опытным добровольцем, разбор после каждого визита."
)
# What every NGO hands in; `documents.typ` beside the files is what they were made from.
DATA = Path(__file__).resolve().parent.parent / "data"
NAMES = {
    DocumentKind.CHARTER: "Устав.pdf",
    DocumentKind.SAFEGUARDING: "Правила защиты детей.pdf",
    DocumentKind.TRAINING: "Программа подготовки.pdf",
}
# Registered as the rehearsal begins: who checks that nothing is missing, who decides.
REGISTERED = (
    (SATURDAYS, OLGA, ANDREI),
    (OUTSIDE, ANDREI, OLGA),
    (SHIFT, OLGA, ANDREI),
    (OPORA, ANDREI, OLGA),
    (HANDS, OLGA, ANDREI),
)
NO_PREPARATION = "Не сказано, кто и как готовит добровольцев. Опишите занятия и проверку знаний."
NOT_READY = (
    "Заявлены наставничество и помощь в больнице, но нет ни одного добровольца с обучением "
    "и беседой с психологом. Подготовьте команду и подайте заявление снова."
)
WHAT_IS_MISSING = (
    "Правила защиты детей списаны с общего образца: назовите, кому доброволец говорит об опасении. "
    "Репетиторство заявлено, а опыта занятий с детьми не описано."
)
BEGIN = -137


class Road:
    """One application and the steps it takes, each on its day."""

    def __init__(self, stage: Stage, ref: str) -> None:
        """Nothing was submitted yet."""
        self.stage, self.ref, self.application = stage, ref, Application()
        self.head = LEADERS[ref]

    def submitted(self, on: date, hour: int = 10) -> "Road":
        """Written and sent by the head of the NGO."""
        self.stage.agenda.add(self.stage.days.at(on, hour), self.submit)
        return self

    def then(self, on: date, step: str, who: str, **answers: Any) -> "Road":
        """One step, by somebody in their own hat."""
        at = self.stage.days.at(on, 11 if step != "register" else 15)
        self.stage.agenda.add(at, self._take, step, who, answers)
        return self

    def submit(self, at: datetime) -> None:
        """Written and sent."""
        stage = self.stage
        types = next(band.types for band in BANDS if band.ref == self.ref)
        versions = [stage.version(code) for code in types]
        wanted = [(one.type_id, kind.pk) for one in versions for kind in one.kinds.order_by("pk")]
        ngo, head = stage.ngo(self.ref), stage.person(self.head)
        self.application = applying.begin(ngo, by=head, at=at)
        applying.save(
            self.application, applying.Draft(EXPERIENCE, SAFEGUARDING, PREPARATION, wanted)
        )
        for kind, name in NAMES.items():
            with (DATA / f"{kind}.pdf").open("rb") as stream:
                documenting.add(self.application, kind, File(stream, name), by=head, at=at)
        self._take("submit", self.head, {}, at)

    def _take(self, step: str, who: str, answers: dict[str, Any], at: datetime) -> None:
        if step == "register":
            pairs = self.application.wanted.order_by("pk").values_list("type", "kind")
            answers = {"granted": [f"{type_id}-{kind}" for type_id, kind in pairs]}
        RegistrationFlow.steps[step](
            self.application, by=self.stage.acting(who), at=at, key=self.stage.key(), **answers
        )


def plan(stage: Stage) -> None:
    """What was decided long ago, and what waits now."""
    first = stage.days.on(BEGIN)
    for ref, checker, decider in REGISTERED:
        _registered(Road(stage, ref), first, checker, decider)
    _mended(Road(stage, DOORLESS), first)
    _refused(Road(stage, QUICK), stage.days.on(-40))
    _waiting(stage)


def _registered(road: Road, on: date, checker: str, decider: str) -> None:
    after = road.stage.days.after
    road.submitted(on).then(after(on, 2), "complete", checker)
    road.then(after(on, 5), "register", decider)


def _mended(road: Road, on: date) -> None:
    after = road.stage.days.after
    road.submitted(on).then(after(on, 1), "return_", OLGA, defects=["D4"], reason=NO_PREPARATION)
    road.then(after(on, 2), "submit", road.head).then(after(on, 3), "complete", OLGA)
    road.then(after(on, 5), "register", ANDREI)


def _refused(road: Road, on: date) -> None:
    after = road.stage.days.after
    road.submitted(on).then(after(on, 4), "complete", ANDREI)
    road.then(after(on, 9), "refuse", OLGA, reason=NOT_READY)


def _waiting(stage: Stage) -> None:
    """One late in the formal check, one in time, one to decide on, one with defects to mend."""
    days = stage.days
    last = days.last_working
    Road(stage, WIND).submitted(days.before(last, 6))
    stage.agenda.add(days.now - 5 * HOUR, Road(stage, PORCH).submit)
    review = Road(stage, PAW).submitted(days.before(last, 5))
    review.then(days.before(last, 3), "complete", OLGA)
    returned = Road(stage, PAGE).submitted(days.before(last, 4))
    returned.then(
        days.before(last, 2), "return_", OLGA, defects=["D3", "D5"], reason=WHAT_IS_MISSING
    )
