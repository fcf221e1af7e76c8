"""Every letter about a visit or a word to the Department, in both languages."""

import re
from collections.abc import Iterator
from types import SimpleNamespace

import pytest
import time_machine

from casework.letters import letter
from casework.models import Notice
from tests import factories
from tests.visits import receiving as make
from tests.visits.receiving import NOON
from visits.flows import ConcernFlow, VisitFlow
from visits.refusals import Cancellation, GateRefusal, VisitRefusal

pytestmark = pytest.mark.django_db
TOLD = [
    f"{flow.kind}_{name}"
    for flow in (VisitFlow, ConcernFlow)
    for name, step in flow.steps.items()
    if step.tell
]
KINDS = [*TOLD, "visit_reminder", "visit_turned_away"]
HAS_A_CODE = {
    "visit_refuse": VisitRefusal.V5,
    "visit_cancel": Cancellation.K2,
    "visit_turned_away": GateRefusal.G2,
}
WORDS = {"ru": "Открыть страницу: ", "en": "Open the page: "}


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def facts() -> dict[str, object]:
    cast: SimpleNamespace = make.house()
    visit = make.request(cast, make.helper(cast))
    values = VisitFlow.facts(visit)
    return values | {
        "offered": values["begins"],
        "supervisor": "Елена Громова",
        "reason": "Ждём <всех> & «завтра»",
    }


def told(kind: str, values: dict[str, object]) -> Notice:
    code = HAS_A_CODE.get(kind)
    person = factories.person()
    values = values | {"code": str(code or "")}
    return Notice(kind=kind, person=person, values=values, at=NOON, key=kind)


@pytest.mark.parametrize("language", ["ru", "en"])
def test_every_letter_says_what_when_where_and_what_next(
    facts: dict[str, object], language: str
) -> None:
    for kind in KINDS:
        found = letter(told(kind, facts), language)
        assert 10 < len(found.subject) < 120, kind
        assert "  " not in found.text.replace("\n", ""), kind
        assert WORDS[language] in found.text, kind
        assert not re.search(r"None|\{\{|&lt;|&amp;|%\(", found.subject + found.text), kind
        assert str(facts["ref"]) in found.subject + found.text, kind


@pytest.mark.parametrize(
    ("kind", "code", "words"),
    [
        ("visit_refuse", "V5", "Причина: проживающие не хотят."),
        ("visit_cancel", "K3", "Причина: болезнь."),
        ("visit_turned_away", "G2", "Причина: нет документа."),
    ],
)
def test_a_code_is_said_in_words(
    facts: dict[str, object], kind: str, code: str, words: str
) -> None:
    notice = told(kind, facts)
    notice.values["code"] = code
    assert words in letter(notice, "ru").text


@pytest.mark.parametrize("code", [GateRefusal.G3, GateRefusal.G4])
def test_no_letter_speaks_of_health_or_drink(facts: dict[str, object], code: GateRefusal) -> None:
    notice = told("visit_turned_away", facts)
    notice.values |= {"code": code.value, "reason": str(code.label)}
    for language in ("ru", "en"):
        text = letter(notice, language).text
        assert str(code.label) not in text
        assert facts["reason"] not in text


@pytest.mark.parametrize("kind", ["concern_say", "concern_reply", "concern_remind"])
def test_what_was_said_to_the_department_is_in_no_letter(
    facts: dict[str, object], kind: str
) -> None:
    assert str(facts["reason"]) not in letter(told(kind, facts), "ru").text


def test_whoever_declines_does_not_have_their_reason_sent_around(facts: dict[str, object]) -> None:
    assert str(facts["reason"]) not in letter(told("visit_decline", facts), "ru").text
