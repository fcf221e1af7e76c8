"""Names of the code in words, and tables in Markdown."""

import inspect
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from casework.process import Clock, Step

NOTICE = "Written by `manage.py describe_processes` from the code; change the code, not this page."


def spoken(name: str) -> str:
    """`people_are_cleared` as a person says it."""
    return name.strip("_").replace("_", " ").capitalize()


def first_line(thing: object) -> str:
    """The first paragraph of a docstring as one line."""
    doc = inspect.getdoc(thing) or ""
    return " ".join(doc.split("\n\n")[0].split())


def named(functions: Iterable[Callable[..., Any]]) -> dict[str, str]:
    """Names in words with what each function says of itself, in their order."""
    return {spoken(one.__name__): first_line(one) for one in functions}


def rules_of(step: Step) -> list[Callable[..., Any]]:
    """The rules of a step; a rule that is put together from others is taken apart."""
    found: list[Callable[..., Any]] = []
    for rule in step.rules:
        parts = inspect.getclosurevars(rule).nonlocals.get("rules")
        found += parts if parts else [rule]
    return found


def length_of(clock: Clock) -> str:
    """How long a term is, in words: by a parameter, until a moment, or as the function says."""
    held = inspect.getclosurevars(clock.length).nonlocals
    if "code" in held:
        return f"`{held['code']}`, in working days"
    if "moment" in held:
        return "until a moment that the case itself names"
    return first_line(clock.length).rstrip(".") or "as the case says"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table of Markdown."""
    lines = [list(head), ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(_cell(cell) for cell in line) + " |" for line in lines)


def bullets(items: dict[str, str]) -> str:
    """A list of names and what they mean."""
    return "\n".join(
        f"- **{name}**: {text}" if text else f"- **{name}**" for name, text in items.items()
    )


def _cell(text: str) -> str:
    return text.replace("|", r"\|").replace("\n", " ")
