"""Changing the bank in tests: two checkers, what they write, what they decide."""

import itertools
from collections.abc import Callable
from typing import Any

import pytest

from accounts.hats import Acting
from accounts.roles import Role
from casework.process import Refused
from tests.factories import acting, department, member
from tests.volunteers.making import NOON, TODAY
from volunteers.bank.content import Content, of_version
from volunteers.bank.proposing import Draft, propose
from volunteers.flows.question import QuestionChangeFlow as Flow
from volunteers.models import QuestionChange, QuestionVersion

W = QuestionChange.What
_keys = itertools.count(1)


def checker() -> Acting:
    return acting(member(department(), Role.CHECKER), TODAY, Role.CHECKER)


def asked(code: str) -> QuestionVersion:
    return QuestionVersion.objects.select_related("question").get(
        question__code=code, retired_on=None
    )


def written(**changes: Any) -> Content:
    """A new question that says everything, but for these changes."""
    texts = ("Оставить", "Унести", "Спросить")
    options = [
        {"text_ru": word, "text_en": english, "correct": word == "Спросить"}
        for word, english in zip(texts, ("Leave", "Take", "Ask"), strict=True)
    ]
    return {
        "topic": "routine",
        "mandatory": False,
        "tiers": ["V2"],
        "types": ["T05"],
        "difficulty": 2,
        "text_ru": "На столе лежит чужая книга. Что делать?",
        "text_en": "Somebody’s book lies on the table. What do you do?",
        "options": options,
        "multiple": False,
        "explanation_ru": "У вещей есть хозяин.",
        "explanation_en": "Things have an owner.",
        "source": "house rule",
        **changes,
    }


def new(by: Acting, **changes: Any) -> QuestionChange:
    return _propose(Draft(W.NEW, "Такого нет", written(**changes)), by)


def version(by: Acting, code: str, **changes: Any) -> QuestionChange:
    last = asked(code)
    draft = Draft(W.VERSION, "Так яснее", of_version(last) | changes, follows=last)
    return _propose(draft, by)


def retirement(by: Acting, code: str, ground: str = "leaked") -> QuestionChange:
    draft = Draft(W.RETIREMENT, "Ответ в чате", ground=ground, follows=asked(code))
    return _propose(draft, by)


def approved(change: QuestionChange, by: Acting) -> QuestionChange:
    Flow.approve(change, by=by, at=NOON, key=f"approve-{change.pk}-{next(_keys)}")
    return QuestionChange.objects.select_related("case", "question", "version").get(pk=change.pk)


def refusals(work: Callable[[], object]) -> list[tuple[str, str]]:
    with pytest.raises(Refused) as refused:
        work()
    return [(one.code, one.field) for one in refused.value.objections]


def _propose(draft: Draft, by: Acting) -> QuestionChange:
    return propose(draft, by=by, at=NOON, key=f"propose-{next(_keys)}")
