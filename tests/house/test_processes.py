"""Every process keeps the promises of the idiom: owners, clocks, notices, one place for states."""

import ast
import inspect
import re
import textwrap
from pathlib import Path
from typing import Any

import pytest
from django.template.loader import get_template, render_to_string
from django.utils import translation

from casework.parties import the_clock
from casework.process import STAYS, Flow, Stage, Step
from oversight.describing.processes import flows

ROOT = Path(__file__).resolve().parent.parent.parent
FLOWS = flows()
STAGES = [
    pytest.param(flow, state, stage, id=f"{flow.kind}-{state}")
    for flow in FLOWS
    for state, stage in flow.stages.items()
]
STEPS = [
    pytest.param(step, id=f"{flow.kind}-{name}")
    for flow in FLOWS
    for name, step in flow.steps.items()
]
LETTERS = [
    pytest.param(step, language, id=f"{step.flow.kind}_{step.name}.{language}")
    for flow in FLOWS
    for step in flow.steps.values()
    for language in ("ru", "en")
    if step.tell
]
# What every letter is given beside the facts of its case.
ALWAYS = {"code", "reason", "person", "link", "ref", "organisation"}
MOMENT, DAY = "2026-11-02T09:00:00+03:00", "2026-11-02"
# Facts that are neither a word nor a date.
LISTS = {"defects": ["D1"], "types": ["T01"]}


def test_there_are_processes() -> None:
    kinds = {flow.kind for flow in FLOWS}
    assert {"registration", "suspension", "agreement", "guest_mode", "outcome"} <= kinds
    assert {"visit", "concern"} <= kinds


def test_letters_of_references_are_told_apart() -> None:
    letters = [flow.letter for flow in FLOWS]
    assert sorted(letters) == sorted(set(letters))


@pytest.mark.parametrize(("flow", "state", "stage"), STAGES)
def test_every_stage_has_an_owner_and_a_date_or_is_an_ending(
    flow: type[Flow[Any]], state: str, stage: Stage
) -> None:
    if stage.owner is None:
        assert not stage.clocks
        assert not any(state in one.sources for one in flow.steps.values())
    else:
        assert stage.clocks or stage.waits_for or state == flow.start


@pytest.mark.parametrize(("flow", "state", "stage"), STAGES)
def test_what_silence_leads_to_is_a_step_of_the_clock_that_starts_there(
    flow: type[Flow[Any]], state: str, stage: Stage
) -> None:
    for clock in stage.clocks:
        step = flow.steps[clock.on_silence]
        assert step.by is the_clock
        assert state in step.sources
        # Without the mark the sweep would take the same step again and again.
        if step.target == STAYS:
            assert step.marks == clock.name


@pytest.mark.parametrize("step", STEPS)
def test_every_state_of_every_step_exists(step: Step) -> None:
    assert set(step.sources) | ({step.target} - {STAYS}) <= step.flow.stages.keys()


@pytest.mark.parametrize("step", STEPS)
def test_no_clock_decides_and_its_mark_is_a_clock_of_the_stage(step: Step) -> None:
    assert not (step.by is the_clock and step.decides)
    if step.marks:
        clocks = [{c.name for c in step.flow.stages[state].clocks} for state in step.sources]
        assert all(step.marks in names for names in clocks)


def read_by(source: str) -> set[str]:
    """The names a letter reads."""
    shown = re.findall(r"{{\s*(\w+)", source)
    asked = re.findall(r"{% (?:el)?if ([^%]+)%}", source)
    words = {name for one in asked for name in re.findall(r"(?<![\"\w.|])[a-z]\w*(?![\"\w])", one)}
    return {*shown, *words} - {"and", "or", "not", "in", "is"}


def facts_of(flow: type[Flow[Any]]) -> dict[str, Any]:
    """A value for everything the flow says of a case; moments where it writes them as ISO."""
    found: dict[str, Any] = {}
    tree = ast.parse(textwrap.dedent(inspect.getsource(flow.facts)))
    for node in ast.walk(tree):
        pairs: list[tuple[Any, ast.expr]] = []
        if isinstance(node, ast.Dict):
            pairs = list(zip(node.keys, node.values, strict=True))
        elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Subscript):
            pairs = [(node.targets[0].slice, node.value)]
        for key, value in pairs:
            if isinstance(key, ast.Constant):
                found.setdefault(key.value, _value(key.value, ast.unparse(value)))
    return found


def _value(name: str, written: str) -> Any:
    dated = DAY if name.endswith("_on") else MOMENT
    return LISTS.get(name) or (dated if "isoformat" in written else "слово")


@pytest.mark.django_db
@pytest.mark.parametrize(("step", "language"), LETTERS)
def test_every_letter_is_there_and_whole(step: Step, language: str) -> None:
    name = f"notices/{step.flow.kind}_{step.name}.{language}.txt"
    values = dict.fromkeys(ALWAYS, "слово") | facts_of(step.flow)
    with translation.override(language):
        text = render_to_string(name, values).strip()
    subject, blank, *letter = text.split("\n")
    assert subject.strip()
    assert blank.strip() == ""
    assert "".join(letter).strip()
    russian = bool(re.search("[а-яё]", subject.replace("слово", ""), re.IGNORECASE))
    assert russian is (language == "ru")


@pytest.mark.parametrize(("step", "language"), LETTERS)
def test_a_letter_reads_only_what_its_case_says(step: Step, language: str) -> None:
    name = f"notices/{step.flow.kind}_{step.name}.{language}.txt"
    read = read_by(get_template(name).template.source)  # type: ignore[attr-defined]
    assert sorted(read - facts_of(step.flow).keys() - ALWAYS) == []


def test_only_the_engine_changes_the_state_of_a_case() -> None:
    assigned = re.compile(r"\bcase\.state\s*=[^=]|Case\.objects[^\n]*\.update\([^)]*\bstate\s*=")
    found = [
        path.relative_to(ROOT).as_posix()
        for folder in ROOT.iterdir()
        if (folder / "apps.py").exists()
        for path in sorted(folder.rglob("*.py"))
        if assigned.search(path.read_text(encoding="utf-8"))
    ]
    assert found == ["casework/engine.py"]
