"""The bank of questions is kept: one version was approved, a leak and a new question wait."""

from datetime import datetime

from demo.stage import Stage
from volunteers.bank.content import of_version
from volunteers.bank.proposing import Draft, propose
from volunteers.flows.question import QuestionChangeFlow
from volunteers.models import QuestionChange
from volunteers.queries.bank import versions_of
from volunteers.services import more_time

W = QuestionChange.What
MENDED, APPROVED, LEAKED, WRITTEN = -12, -11, -2, -1
MENDS, LEAK = "routine-001", "outing-006"
CLEARER = {
    "text_ru": "Охранник хорошо вас знает и машет: «Проходи так!» Паспорт с собой, но ваш пропуск "
    "ещё не отмечен. Как быть?",
    "text_en": "The guard knows you well and waves, “Just go through!” You have your passport, but "
    "your pass has not been marked yet. What do you do?",
}
# Somebody reads slowly; the coordinator was asked, and nobody else knows why.
UNHURRIED, BY, GIVEN = "vol6", "daria", -119
NEW = {
    "topic": "complaints",
    "mandatory": False,
    "tiers": ["V1", "V2", "V3"],
    "types": ["T05"],
    "difficulty": 2,
    "text_ru": "Мама другого ребёнка пишет в общий чат, что на вашем занятии шумно. Что сделать?",
    "text_en": "Another child’s mother writes in the group chat that your session is noisy. "
    "What do you do?",
    "options": [
        {
            "text_ru": "Ответить в чате, что дети имеют право шуметь",
            "text_en": "Answer in the chat that children may make noise",
            "correct": False,
        },
        {
            "text_ru": "Поблагодарить и передать это координатору",
            "text_en": "Thank her and pass it on to the coordinator",
            "correct": True,
        },
        {
            "text_ru": "Промолчать: в чатах пишут всякое",
            "text_en": "Say nothing: people write all sorts of things",
            "correct": False,
        },
    ],
    "multiple": False,
    "explanation_ru": "Жалоба — повод поправить, а не спорить. Решают не в чате: координатор "
    "обсудит с домом час и место занятия.",
    "explanation_en": "A complaint is a chance to mend, not to argue. A chat settles nothing: the "
    "coordinator talks to the house about the hour and the room.",
    "source": "house rule",
}


def plan(stage: Stage) -> None:
    """Roman writes and Elena approves; later each waits for the other."""
    back, add = stage.days.back, stage.agenda.add
    add(back(GIVEN, 10), _give_time, stage)
    add(back(MENDED, 12), _mend, stage)
    add(back(LEAKED, 12), _retire, stage)
    add(back(WRITTEN, 12), _write, stage)


def _give_time(stage: Stage, at: datetime) -> None:
    more_time.give(stage.person(UNHURRIED), by=stage.person(BY), at=at)


def _mend(stage: Stage, at: datetime) -> None:
    last = versions_of(MENDS)[0]
    why = "Новички не понимали, чей пропуск не отмечен."
    draft = Draft(W.VERSION, why, of_version(last) | CLEARER, follows=last)
    change = _propose(stage, draft, "roman", at)
    stage.agenda.add(stage.days.back(APPROVED, 10), _approve, stage, change)


def _approve(stage: Stage, change: QuestionChange, at: datetime) -> None:
    QuestionChangeFlow.approve(change, by=stage.acting("elena"), at=at, key=stage.key())


def _retire(stage: Stage, at: datetime) -> None:
    last = versions_of(LEAK)[0]
    why = "Снимок страницы с ответом прислали в чат новичков."
    _propose(stage, Draft(W.RETIREMENT, why, {}, "leaked", last), "elena", at)


def _write(stage: Stage, at: datetime) -> None:
    why = "О чатах спрашивают на каждом инструктаже, а вопроса не было."
    _propose(stage, Draft(W.NEW, why, NEW), "roman", at)


def _propose(stage: Stage, draft: Draft, by: str, at: datetime) -> QuestionChange:
    return propose(draft, by=stage.acting(by), at=at, key=stage.key())
