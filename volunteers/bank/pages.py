"""What the pages of one question and of one proposal say."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from accounts.hats import Acting
from casework.engine import objections, rules_at
from casework.forms.step import form_for
from casework.parameters import Rules, rules_on
from casework.process import Ask
from registry.catalogue.content import Line
from registry.queries.cursors import Cursor
from registry.queries.versions import versions_on
from volunteers.bank import content
from volunteers.flows.question import QuestionChangeFlow, topic_of
from volunteers.models import QuestionChange, QuestionVersion
from volunteers.queries import bank, figures


@dataclass(frozen=True)
class Told:
    """One version of a question: its figures, and what it changed of the one before."""

    version: QuestionVersion
    judged: figures.Judged
    lines: list[Line]


def types(on: date, rules: Rules) -> list[tuple[str, str]]:
    """The types of interaction that a question may be about."""
    known = versions_on(on, rules.catalogue)
    return [(one.type.code, f"{one.type.code} {one.name}") for one in known]


def of_bank(wanted: bank.Wanted, after: Cursor | None, on: date, rules: Rules) -> dict[str, Any]:
    """One page of the bank, each question with its figures."""
    found = bank.narrowed(wanted, on)
    if wanted.fault:
        found = found.filter(pk__in=figures.conspicuous(rules, wanted.fault))
    page = bank.page(found, after)
    judged = figures.judged([one.pk for one in page.rows], rules)
    return {"page": page, "rows": [(one, judged[one.pk]) for one in page.rows]}


def of_question(versions: list[QuestionVersion], on: date) -> dict[str, Any]:
    """A question by its versions, the newest first."""
    newest = versions[0]
    judged = figures.judged([one.pk for one in versions], rules_on(on))
    said = [content.of_version(one) for one in versions]
    changed = [*(_changed(*pair) for pair in zip(said[1:], said, strict=False)), []]
    together = zip(versions, changed, strict=True)
    changes = list(bank.changes_of(newest.question.code))
    return {
        "question": newest.question,
        "newest": newest,
        "asked": newest.retired_on is None or newest.retired_on > on,
        "facts": content.facts(said[0]),
        "spoken": content.spoken(said[0]),
        "told": [Told(one, judged[one.pk], lines) for one, lines in together],
        "changes": [(one, QuestionChangeFlow.stages[one.case.state]) for one in changes],
        "waits": next((one for one in changes if one.case.state == "proposed"), None),
    }


def of_change(detail: QuestionChange, who: Acting, at: datetime) -> dict[str, Any]:
    """A proposal with both versions side by side, and what its reader may do."""
    step = QuestionChangeFlow.approve
    ask: Ask[Any] = Ask(detail, who, at, rules_at(detail, at))
    mine = detail.case.state in step.sources and step.by.admits(who, detail)
    before = content.of_version(detail.follows) if detail.follows else {}
    after = detail.content or before
    sent_back = detail.case.decisions.filter(step="refuse").first()
    return {
        "change": detail,
        "stage": QuestionChangeFlow.stages[detail.case.state],
        "heading": QuestionChangeFlow.heading(detail),
        "topic": topic_of(detail).label,
        "lines": list(content.compared(before, after)) if before != after and before else [],
        "facts": content.facts(after),
        "spoken": content.spoken(after),
        "mine": mine,
        "own": detail.case.opened_by_id == who.user.pk,
        "objections": list(objections(step, ask)) if mine else [],
        "form": form_for(step, detail, who),
        "sent_back": sent_back,
    }


def _changed(before: content.Content, after: content.Content) -> list[Line]:
    return [one for one in content.compared(before, after) if one.changed]
