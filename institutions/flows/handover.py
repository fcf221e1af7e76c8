"""The change of a director as a process: nothing vanishes, and everything is looked at."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from casework.parties import department, the_clock
from casework.process import STAYS, Choices, Clock, Flow, Stage, Step, Text, asked
from casework.terms import working_days
from face.templatetags.face import day
from institutions.consequences import handovers as then
from institutions.models import Answer, Handover, HandoverState
from institutions.parties import director
from institutions.queries.handovers import open_items, progress
from institutions.rules import handovers as rules

H = HandoverState
confirm_in_time = Clock(
    "confirm", _("Acceptance"), working_days("handover.confirm"), on_silence="escalate"
)


@dataclass(frozen=True)
class Confirmation:
    """What stays as it is."""

    items: list[str] = asked(  # noqa: RUF009  (it makes a field)
        _("What you confirm"), choices=Choices(open_items), many=True
    )
    reason: str = asked(_("A word on it"), long=True, required=False)


@dataclass(frozen=True)
class Alteration:
    """What is to be altered, and why."""

    items: list[str] = asked(  # noqa: RUF009  (it makes a field)
        _("What you want to alter"), choices=Choices(open_items), many=True
    )
    reason: str = asked(
        _("What is to be altered, and why"),
        long=True,
        hint=_("Nothing changes by this alone: it stays in force until you take its own step."),
    )


class HandoverFlow(Flow[Handover]):
    """A new director takes over what the one before left in force. Each item is confirmed, or
    marked to be altered; what is not answered in time is told to the Department and stays.
    """

    kind, letter, title, model, start = "handover", "H", _("Handover"), Handover, H.DRAFT
    related = ("case__owner", "institution__organisation", "from_person", "to_person")
    stages = {
        H.DRAFT: Stage(H.DRAFT.label, the_clock),
        H.OPEN: Stage(H.OPEN.label, director, (confirm_in_time,), "waiting"),
        H.ACCEPTED: Stage(H.ACCEPTED.label, tone="done"),
        H.REPLACED: Stage(H.REPLACED.label),
    }

    begin = Step(
        H.DRAFT,
        H.OPEN,
        by=the_clock,
        label=_("Hand over"),
        past=_("The pack was handed over to the new director"),
        tell=(director,),
    )
    confirm = Step(
        H.OPEN,
        STAYS,
        by=director,
        label=_("Confirm"),
        past=_("The director confirmed a part of the pack"),
        asks=Confirmation,
        rules=(rules.the_items_are_open,),
        then=(then.answered(Answer.CONFIRMED),),
        page="pack",
    )
    alter = Step(
        H.OPEN,
        STAYS,
        by=director,
        label=_("Mark for alteration"),
        past=_("The director wants to alter a part of the pack"),
        asks=Alteration,
        rules=(rules.the_items_are_open,),
        then=(then.answered(Answer.ALTERED),),
        page="pack",
    )
    complete = Step(
        H.OPEN,
        H.ACCEPTED,
        by=director,
        label=_("Accept the pack"),
        past=_("The director accepted the pack"),
        rules=(rules.everything_is_answered,),
        tell=(department,),
        settles=True,
    )
    escalate = Step(
        H.OPEN,
        STAYS,
        by=the_clock,
        label=_("Escalate"),
        past=_("The pack was not accepted in time; the Department was told"),
        tell=(department, director),
        marks="confirm",
    )
    replace = Step(
        H.OPEN,
        H.REPLACED,
        by=the_clock,
        label=_("Pass on"),
        past=_("The director changed again: everything passed on in a new pack"),
    )

    @classmethod
    def heading(cls, detail: Handover) -> str:
        """The institution, and since when it has a new director."""
        return f"{detail.institution.organisation.short_name}: {day(detail.started_on)}"

    @classmethod
    def facts(cls, detail: Handover) -> dict[str, Any]:
        """What letters say; days as ISO text."""
        answered, count = progress(detail)
        return {
            "ref": detail.case.ref,
            "institution": detail.institution.organisation.short_name,
            "director": str(detail.to_person),
            "before": str(detail.from_person or ""),
            "started_on": detail.started_on.isoformat(),
            "answered": answered,
            "count": count,
        }

    @classmethod
    def shown(cls, detail: Handover) -> list[tuple[Text, Any]]:
        """The facts of its page."""
        answered, count = progress(detail)
        said = _("%(answered)d of %(count)d") % {"answered": answered, "count": count}
        return [
            (_("Institution"), detail.institution.organisation.name),
            (_("Director before"), detail.from_person or ""),
            (_("Director now"), detail.to_person),
            (_("Since"), day(detail.started_on)),
            (_("Items answered"), said),
        ]
