"""One page for each process: its stages, its steps, its rules, a diagram."""

from collections.abc import Callable, Iterable
from dataclasses import fields
from typing import Any

from django.apps import apps

from casework.process import STAYS, Flow, Stage, Step
from oversight.describing.diagrams import diagram
from oversight.describing.words import (
    NOTICE,
    bullets,
    first_line,
    length_of,
    named,
    rules_of,
    spoken,
    table,
)

STAGES = ("State", "In words", "Whose move", "Terms, and what silence leads to")
STEPS = ("Step", "From", "To", "By", "Asks", "Must hold", "Follows", "Who hears", "Marks")


def flows() -> list[type[Flow[Any]]]:
    """Every process of the product, by kind; the demonstration's and the tests' are not."""
    ours = {config.name for config in apps.get_app_configs()} - {"demo"}
    found = (Flow.by_kind[kind] for kind in sorted(Flow.by_kind))
    return [flow for flow in found if flow.__module__.partition(".")[0] in ours]


def page(flow: type[Flow[Any]]) -> str:
    """The whole page."""
    steps = list(flow.steps.values())
    rules = _all(rule for step in steps for rule in rules_of(step))
    after = _all(one for step in steps for one in step.then)
    parts = [
        f"# {flow.title}",
        NOTICE,
        f"Kind `{flow.kind}`, references begin with {flow.letter}, starts as `{flow.start}`.",
        first_line(flow),
        "## Stages",
        table(STAGES, [_stage(flow, state, stage) for state, stage in flow.stages.items()]),
        "## Steps",
        table(STEPS, [_step(step) for step in steps]),
        *(["## What must hold", bullets(rules)] if rules else []),
        *(["## What follows", bullets(after)] if after else []),
        "## Diagram",
        "Steps that stay in their state stand in the table only.",
        diagram(flow),
    ]
    return "\n\n".join(parts) + "\n"


def _all(functions: Iterable[Callable[..., Any]]) -> dict[str, str]:
    found = named(functions)
    return {name: found[name] for name in sorted(found)}


def _stage(flow: type[Flow[Any]], state: str, stage: Stage) -> list[str]:
    clocks = [
        f"**{clock.label}** ({length_of(clock)}): {flow.steps[clock.on_silence].past}"
        for clock in stage.clocks
    ]
    whose = str(stage.owner.name) if stage.owner else "nobody’s: an ending"
    return [f"`{state}`", str(stage.label), whose, "<br>".join(clocks)]


def _step(step: Step) -> list[str]:
    return [
        f"**{step.label}** (`{step.name}`)",
        ", ".join(f"`{source}`" for source in step.sources),
        "stays" if step.target == STAYS else f"`{step.target}`",
        str(step.by.name),
        "; ".join(str(one.metadata["label"]) for one in fields(step.asks)) if step.asks else "",
        "; ".join(named(rules_of(step))),
        "; ".join(spoken(one.__name__) for one in step.then),
        "; ".join(str(party.name) for party in step.tell),
        "; ".join(_marks(step)),
    ]


def _marks(step: Step) -> list[str]:
    return [
        *(["four eyes: not whoever asked"] if step.decides else []),
        *(["the final decision"] if step.settles else []),
        *([f"shows first what it touches (`{step.ripple}`)"] if step.ripple else []),
        *([f"notes that `{step.marks}` passed"] if step.marks else []),
    ]
