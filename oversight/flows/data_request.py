"""A request about one's own data: the person asks, a checker of the Department carries it out."""

from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from casework.parties import checker, chief, opener, the_clock
from casework.process import STAYS, Clock, Flow, Stage, Step, Text, asked
from casework.terms import calendar_days
from oversight import consequences as then
from oversight import rules
from oversight.models import DataRequest
from oversight.parties import whoever_asked
from oversight.wanted import said


class D(models.TextChoices):
    """Where a request stands."""

    DRAFT = "draft", _("draft")
    ASKED = "asked", _("waits for the Department")
    DONE = "done", _("carried out")
    REFUSED = "refused", _("refused")
    WITHDRAWN = "withdrawn", _("taken back")


class Ground(models.TextChoices):
    """Why a request is not carried out."""

    LAW = "law", _("A law or an open case requires the data to be kept")
    RIGHT = "right", _("The data turned out to be right")
    UNPROVEN = "unproven", _("The papers shown do not confirm the new data")


@dataclass(frozen=True)
class Why:
    """Why it is refused."""

    code: str = asked(_("The ground"), choices=Ground)
    reason: str = asked(
        _("Why"),
        long=True,
        hint=_("The person will read it. Name the law or the case, and what they can do now."),
    )


answering = Clock("answer", _("Answer"), calendar_days("data_request.answer"), "escalate")


class DataRequestFlow(Flow[DataRequest]):
    """Nobody decides on their own request; silence is told to the chief and changes nothing."""

    kind, letter, title, model = "data_request", "D", _("Request about one’s own data"), DataRequest
    start = D.DRAFT
    related = ("case__owner", "person__volunteer")
    stages = {
        D.DRAFT: Stage(D.DRAFT.label, opener),
        D.ASKED: Stage(D.ASKED.label, checker, (answering,), "waiting"),
        D.DONE: Stage(D.DONE.label, tone="done"),
        D.REFUSED: Stage(D.REFUSED.label, tone="late"),
        D.WITHDRAWN: Stage(D.WITHDRAWN.label),
    }

    ask = Step(
        D.DRAFT,
        D.ASKED,
        by=opener,
        label=_("Send it to the Department"),
        past=_("The request went to the Department"),
        rules=rules.ASKING,
        tell=(checker,),
    )
    carry_out = Step(
        D.ASKED,
        D.DONE,
        by=checker,
        label=_("Carry it out"),
        past=_("The request was carried out"),
        rules=rules.CARRYING_OUT,
        then=(then.correct_the_data, then.close_the_account),
        tell=(whoever_asked,),
        decides=True,
        settles=True,
    )
    refuse = Step(
        D.ASKED,
        D.REFUSED,
        by=checker,
        label=_("Refuse"),
        past=_("The request was refused"),
        asks=Why,
        tell=(opener,),
        decides=True,
        settles=True,
        danger=True,
    )
    withdraw = Step(
        D.ASKED,
        D.WITHDRAWN,
        by=opener,
        label=_("Take the request back"),
        past=_("The request was taken back"),
        tell=(checker,),
        settles=True,
    )
    escalate = Step(
        D.ASKED,
        STAYS,
        by=the_clock,
        label=_("Tell the chief"),
        past=_("Nobody answered in time; the chief was told"),
        tell=(checker, chief, opener),
        marks="answer",
    )

    @classmethod
    def heading(cls, detail: DataRequest) -> str:
        """What is asked, and by whom."""
        return f"{detail.get_what_display()}: {detail.person}"

    @classmethod
    def facts(cls, detail: DataRequest) -> dict[str, Any]:
        """Never the words nor the new data: they are read on the case's page only."""
        return {"ref": detail.case.ref, "what": detail.what}

    @classmethod
    def shown(cls, detail: DataRequest) -> list[tuple[Text, Any]]:
        """Who asks for what, in their words, and what is to be written instead of what."""
        rows: list[tuple[Text, Any]] = [
            (_("Person"), str(detail.person)),
            (_("What is asked"), detail.get_what_display()),
        ]
        if detail.words:
            rows.append((_("In their words"), detail.words))
        return [*rows, *said(detail)]
