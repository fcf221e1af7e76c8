"""A change of the bank of questions as a process: written by one, approved by another."""

from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from casework.parties import checker, chief, opener, the_clock
from casework.process import STAYS, Clock, Flow, Stage, Step, Text, asked
from casework.terms import working_days
from volunteers.bank import rules
from volunteers.bank.writing import put_in_force
from volunteers.models import QuestionChange, Topic


class Q(models.TextChoices):
    """Where a change stands."""

    DRAFT = "draft", _("draft")
    PROPOSED = "proposed", _("waits for a second person")
    APPROVED = "approved", _("the change was approved")
    REFUSED = "refused", _("the change was sent back")
    WITHDRAWN = "withdrawn", _("the proposal was withdrawn")


@dataclass(frozen=True)
class Why:
    """What is to be mended, or why it does not come."""

    reason: str = asked(
        _("What is to be mended, or why it does not come"),
        long=True,
        hint=_("Whoever proposed it will read it, and can write it anew from the same words."),
    )


approving = Clock("approve", _("Second person"), working_days("bank.approve"), "escalate")


class QuestionChangeFlow(Flow[QuestionChange]):
    """A checker writes, another checker approves; silence is escalated and approves nothing."""

    kind, letter, title, model = "question_change", "J", _("Change of a question"), QuestionChange
    start = Q.DRAFT
    related = (
        *("case__owner", "question", "follows__question", "version"),
        *("proposed_by", "approved_by"),
    )
    stages = {
        Q.DRAFT: Stage(Q.DRAFT.label, opener),
        Q.PROPOSED: Stage(Q.PROPOSED.label, checker, (approving,), "waiting"),
        Q.APPROVED: Stage(Q.APPROVED.label, tone="done"),
        Q.REFUSED: Stage(Q.REFUSED.label, tone="late"),
        Q.WITHDRAWN: Stage(Q.WITHDRAWN.label),
    }

    propose = Step(
        Q.DRAFT,
        Q.PROPOSED,
        by=checker,
        label=_("Propose the change"),
        past=_("The change was proposed"),
        rules=rules.OF_THE_BANK,
        tell=(checker,),
    )
    approve = Step(
        Q.PROPOSED,
        Q.APPROVED,
        by=checker,
        label=_("Approve the change"),
        past=_("The change was approved"),
        rules=rules.OF_THE_BANK,
        then=(put_in_force,),
        tell=(opener,),
        page="question-change",
        decides=True,
        settles=True,
    )
    refuse = Step(
        Q.PROPOSED,
        Q.REFUSED,
        by=checker,
        label=_("Send it back"),
        past=_("The change was sent back"),
        asks=Why,
        tell=(opener,),
        decides=True,
        settles=True,
        danger=True,
    )
    withdraw = Step(
        Q.PROPOSED,
        Q.WITHDRAWN,
        by=opener,
        label=_("Withdraw the proposal"),
        past=_("The proposal was withdrawn"),
        tell=(checker,),
        settles=True,
    )
    escalate = Step(
        Q.PROPOSED,
        STAYS,
        by=the_clock,
        label=_("Tell the chief"),
        past=_("Nobody approved in time; the chief was told"),
        tell=(checker, chief),
        marks="approve",
    )

    @classmethod
    def heading(cls, detail: QuestionChange) -> str:
        """Which question, or about what, and what becomes of it; never its words."""
        about = detail.question.code if detail.question else topic_of(detail).label
        return f"{about}: {detail.get_what_display()}"

    @classmethod
    def facts(cls, detail: QuestionChange) -> dict[str, Any]:
        """What letters say: a letter never carries a question."""
        return {
            "ref": detail.case.ref,
            "question": detail.question.code if detail.question else "",
            "what": detail.what,
            "ground": detail.ground,
        }

    @classmethod
    def shown(cls, detail: QuestionChange) -> list[tuple[Text, Any]]:
        """The facts of its page; the words stand on a page that only checkers open."""
        rows: list[tuple[Text, Any]] = [
            (_("Question"), detail.question.code if detail.question else ""),
            (_("Topic"), topic_of(detail).label),
            (_("What changes"), detail.get_what_display()),
            (_("Ground"), detail.get_ground_display() if detail.ground else ""),
            (_("Why"), detail.why),
            (_("Proposed by"), str(detail.proposed_by)),
            (_("Approved by"), str(detail.approved_by or "")),
        ]
        return [row for row in rows if row[1]]


def topic_of(detail: QuestionChange) -> Topic:
    """What the question is about."""
    return Topic(detail.question.topic if detail.question else detail.content["topic"])
