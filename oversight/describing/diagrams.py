"""A process as a diagram that code hosts draw: states and the steps between them."""

from typing import Any

from casework.parties import the_clock
from casework.process import STAYS, Flow, Step


def diagram(flow: type[Flow[Any]]) -> str:
    """The states and the steps that lead from one to another; a step of the clock says so."""
    lines = [
        *(f'    state "{_plain(stage.label)}" as {state}' for state, stage in flow.stages.items()),
        f"    [*] --> {flow.start}",
        *(line for step in flow.steps.values() for line in _arrows(step)),
        *(f"    {state} --> [*]" for state, stage in flow.stages.items() if stage.owner is None),
    ]
    return "\n".join(["```mermaid", "stateDiagram-v2", *lines, "```"])


def _arrows(step: Step) -> list[str]:
    if step.target == STAYS:
        return []
    label = _plain(step.past if step.by is the_clock else step.label)
    words = f"(time) {label}" if step.by is the_clock else label
    return [f"    {source} --> {step.target}: {words}" for source in step.sources]


def _plain(text: object) -> str:
    """Without the signs that mean something to the diagram."""
    return str(text).replace(":", ",").replace(";", ",").replace('"', "'")
