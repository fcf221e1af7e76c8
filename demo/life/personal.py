"""What people asked about the data kept of them: one was refused, one waits for a checker."""

from datetime import datetime

from demo.days import HOUR
from demo.stage import Stage
from oversight import services
from oversight.flows import DataRequestFlow
from oversight.flows.data_request import Ground
from oversight.models import Asked, DataRequest

BORN = (-24, "vol3", {"born_on": "1991-06-15"}, "Мне кажется, день рождения записан неверно.")
MOVED = (-2, "vol5", {"phone": "+7 900 000-05-55"}, "Номер телефона теперь другой.")
ANSWERED, BY = -20, "elena"
RIGHT = (
    "В паспорте стоит тот же день, что и у нас. Если в паспорте ошибка, исправьте сначала его "
    "и приходите снова."
)


def plan(stage: Stage) -> None:
    """A birthday turns out to be right; a telephone number waits."""
    for ago, who, wanted, words in (BORN, MOVED):
        stage.agenda.add(stage.days.back(ago, 19), _ask, stage, who, wanted, words)


def _ask(stage: Stage, who: str, wanted: dict[str, str], words: str, at: datetime) -> None:
    asked = services.ask_about_data(
        stage.person(who),
        Asked.CORRECT,
        by=stage.acting(who),
        at=at,
        key=stage.key(),
        words=words,
        wanted=wanted,
    )
    if who == BORN[1]:
        stage.agenda.add(stage.days.back(ANSWERED, 11) + HOUR, _refuse, stage, asked)


def _refuse(stage: Stage, asked: DataRequest, at: datetime) -> None:
    by, key = stage.acting(BY), stage.key()
    DataRequestFlow.refuse(asked, by=by, at=at, key=key, code=Ground.RIGHT, reason=RIGHT)
