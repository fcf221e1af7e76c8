"""Every letter of the register's two processes can be read in both languages."""

from typing import Any

import pytest

from casework.letters import letter
from casework.models import Notice
from casework.process import Flow
from registry.flows import RegistrationFlow, SuspensionFlow
from tests import factories as make
from tests.registry.applicants import NOW

pytestmark = pytest.mark.django_db

REGISTRATION: dict[str, Any] = {
    "ref": "N-1001",
    "ngo": "БФ «Рядом & рядом»",
    "defects": ["D1", "D3"],
    "number": "НКО-2026-0001",
    "from_on": "2026-11-02",
    "through_on": "2029-11-01",
    "types": ["T01", "T07"],
}
SUSPENSION: dict[str, Any] = {
    "ref": "S-1002",
    "ngo": "БФ «Рядом»",
    "type": "T07",
    "institution": "",
    "from_on": "2026-11-02",
    "through_on": "2026-11-11",
    "ground": "Решение № 31",
    "lifted_on": "",
}
TELLING = [
    (flow.kind, step.name, values)
    for flow, values in ((RegistrationFlow, REGISTRATION), (SuspensionFlow, SUSPENSION))
    for step in flow.steps.values()
    if step.tell
]


def written(kind: str, values: dict[str, Any], language: str) -> Any:
    values = values | {"code": "", "reason": "Мало опыта"}
    notice = Notice(kind=kind, values=values, person=make.person(), at=NOW)
    return letter(notice, language)


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize(
    ("flow", "step", "values"), TELLING, ids=lambda part: part if isinstance(part, str) else ""
)
def test_a_letter_has_a_subject_and_says_what_happened(
    flow: str, step: str, values: dict[str, Any], language: str
) -> None:
    found = written(f"{flow}_{step}", values, language)
    assert "Рядом" in found.subject
    assert len(found.paragraphs) >= 1
    assert "&amp;" not in found.text
    assert "None" not in found.text


def test_every_telling_step_is_read() -> None:
    assert len(TELLING) == 15
    assert set(Flow.by_kind) >= {"registration", "suspension"}


def test_defects_and_days_are_said_in_the_readers_language() -> None:
    returned = written("registration_return_", REGISTRATION, "ru").text
    assert "— номера или название НКО расходятся с ЕГРЮЛ" in returned
    entered = written("registration_register", REGISTRATION, "ru").text
    assert "с 2 ноября 2026 по 1 ноября 2029 включительно" in entered
    assert "— T07 " in entered
    held = written("suspension_suspend", SUSPENSION, "en").text
    assert "Period: from 2 November 2026 through 11 November 2026" in held
