"""Every letter of the register's processes can be read in both languages."""

from typing import Any

import pytest

from casework.letters import letter
from casework.models import Notice
from casework.process import Flow
from registry.flows import AppealFlow, ChangeFlow, RegistrationFlow, SuspensionFlow
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
APPEAL: dict[str, Any] = {
    "ref": "L-1003",
    "ngo": "БФ «Рядом»",
    "against": "N-1001",
    "what": "registration_refuse",
}
CHANGE: dict[str, Any] = {
    "ref": "G-1004",
    "ngo": "БФ «Рядом»",
    "since_on": "2026-10-01",
    "due_on": "2026-10-15",
    "late": True,
}
FLOWS = {
    RegistrationFlow: REGISTRATION,
    SuspensionFlow: SUSPENSION,
    AppealFlow: APPEAL,
    ChangeFlow: CHANGE,
}
TELLING = [
    (flow.kind, step.name, values)
    for flow, values in FLOWS.items()
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
    assert len(TELLING) == 30
    assert set(Flow.by_kind) >= {flow.kind for flow in FLOWS}


def test_defects_and_days_are_said_in_the_readers_language() -> None:
    returned = written("registration_return_", REGISTRATION, "ru").text
    assert "— номера или название НКО расходятся с ЕГРЮЛ" in returned
    entered = written("registration_register", REGISTRATION, "ru").text
    assert "с 2 ноября 2026 по 1 ноября 2029 включительно" in entered
    assert "— T07 " in entered
    again = written("registration_exclude", REGISTRATION | {"again_on": "2028-11-02"}, "ru").text
    assert "Подать новое заявление можно с 2 ноября 2028." in again
    late = written("ngo_change_file", CHANGE, "ru").text
    assert "Сообщить о них надо было до 15 октября 2026 включительно." in late
    held = written("suspension_suspend", SUSPENSION, "en").text
    assert "Period: from 2 November 2026 through 11 November 2026" in held
