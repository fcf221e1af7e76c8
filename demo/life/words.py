"""What was told to the Department past the institution, and what it answered."""

from datetime import datetime

from demo.cast import GROVE, LINDEN, SAIL
from demo.days import HOUR
from demo.stage import Stage
from visits.flows import ConcernFlow
from visits.models import Concern, ConcernKind
from visits.services import concerns

# Days ago, who told, about what, where, in which words, and what was answered.
ANSWERED = (
    (
        -61,
        "vol3",
        ConcernKind.DOOR,
        LINDEN,
        "На проходной сказали, что нас нет в списке, хотя визит был одобрен. Ждали двадцать минут.",
        "Проверили: список печатали накануне. Теперь проходная видит список сразу. Спасибо.",
    ),
    (
        -33,
        "zoya",
        ConcernKind.ANSWER,
        GROVE,
        "На заявку о помощи на завтраке не отвечали три дня, доброволец освободил утро зря.",
        "Заявка передана директору, ответ дан. О сроках напомнили письмом.",
    ),
    (
        -19,
        "lebedeva",
        ConcernKind.CONDUCT,
        SAIL,
        "Один из гостей в субботу фотографировал детей на телефон и не послушал замечания.",
        "С гостем поговорили, снимки удалены при сотруднике. НКО провела занятие о правилах.",
    ),
)
UNANSWERED = (
    "vol5",
    ConcernKind.OTHER,
    LINDEN,
    "Качели на площадке шатаются, об этом говорили сотруднику две недели назад, они всё ещё стоят.",
)
LATE = (
    "frolov",
    ConcernKind.CONDUCT,
    "zarechye",
    "Двум жильцам не дают выйти на прогулку, хотя они просятся. Просим проверить, есть ли причина.",
)


def plan(stage: Stage) -> None:
    """Three answered, one late, one new."""
    days, add = stage.days, stage.agenda.add
    for ago, who, about, where, text, answer in ANSWERED:
        told = (who, about, where, text)
        add(days.back(ago, 20), _answered, stage, told, answer)
    add(days.at(days.before(days.last_working, 6), 12), _say, stage, LATE)
    add(days.now - 7 * HOUR, _say, stage, UNANSWERED)


def _say(stage: Stage, told: tuple[str, str, str, str], at: datetime) -> Concern:
    who, about, where, text = told
    return concerns.say(
        by=stage.acting(who),
        about=about,
        text=text,
        at=at,
        key=stage.key(),
        institution=stage.institution(where),
    )


def _answered(stage: Stage, told: tuple[str, str, str, str], answer: str, at: datetime) -> None:
    concern = _say(stage, told, at)
    on = stage.days.after(at.date(), 2)
    stage.agenda.add(stage.days.at(on, 11), _reply, stage, concern, answer)


def _reply(stage: Stage, concern: Concern, answer: str, at: datetime) -> None:
    ConcernFlow.reply(concern, by=stage.acting("vera"), at=at, key=stage.key(), reason=answer)
