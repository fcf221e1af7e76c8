"""Telling the Department: past the institution, answered by a deadline."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from casework.parties import department, opener, the_clock
from casework.process import STAYS, Clock, Flow, Stage, Step, Text
from casework.terms import working_days
from visits.flows import asks
from visits.models import Concern


class C(models.TextChoices):
    """Where it stands."""

    DRAFT = "draft", _("draft")
    TOLD = "told", _("the Department was told")
    ANSWERED = "answered", _("answered")


class ConcernFlow(Flow[Concern]):
    """Anybody who saw something tells the Department; the Department answers in time."""

    kind, letter, title, model, start = (
        "concern",
        "C",
        _("Told to the Department"),
        Concern,
        C.DRAFT,
    )
    related = ("case__owner", "institution__organisation", "visit__case")
    answer = Clock("answer", _("Answer"), working_days("concern.answer"), on_silence="remind")
    stages = {
        C.DRAFT: Stage(C.DRAFT.label, opener),
        C.TOLD: Stage(C.TOLD.label, department, (answer,), "waiting"),
        C.ANSWERED: Stage(C.ANSWERED.label, tone="done"),
    }

    say = Step(
        C.DRAFT,
        C.TOLD,
        by=opener,
        label=_("Tell the Department"),
        past=_("The Department was told"),
        tell=(department,),
    )
    reply = Step(
        C.TOLD,
        C.ANSWERED,
        by=department,
        label=_("Answer"),
        past=_("The Department answered"),
        asks=asks.Answer,
        tell=(opener,),
        decides=True,
        settles=True,
    )
    remind = Step(
        C.TOLD,
        STAYS,
        by=the_clock,
        label=_("Remind"),
        past=_("Nobody answered in time; the Department was reminded"),
        tell=(department, opener),
        marks="answer",
    )

    @classmethod
    def heading(cls, detail: Concern) -> str:
        """What it is about, and where."""
        about = str(detail.get_about_display())
        return f"{about}: {detail.institution}" if detail.institution else about

    @classmethod
    def facts(cls, detail: Concern) -> dict[str, Any]:
        """The reference and the place: never the words, which may name a child."""
        return {"ref": detail.case.ref, "institution": str(detail.institution or "")}

    @classmethod
    def shown(cls, detail: Concern) -> list[tuple[Text, Any]]:
        """The words themselves, on the case's page only."""
        rows: list[tuple[Text, Any]] = [(_("What was said"), detail.text)]
        if detail.visit:
            rows.append((_("Visit"), detail.visit.case.ref))
        return rows
