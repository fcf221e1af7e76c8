"""Somebody looks like a person barred: a checker says whether it is the same person."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from casework.parties import checker, chief, the_clock
from casework.process import STAYS, Clock, Flow, Stage, Step, Text, asked
from casework.terms import working_days
from volunteers.barring import consequences as then
from volunteers.barring import rules
from volunteers.models import Likeness


@dataclass(frozen=True)
class BySeeing:
    """How it was found out."""

    reason: str = asked(
        _("How you made sure"),
        long=True,
        hint=_("For example: the identity paper was seen. Write nothing about health."),
    )


class LikenessFlow(Flow[Likeness]):
    """Whoever looks like somebody barred is not cleared until a checker has compared them. Neither
    the person nor an NGO is told that there is a likeness; silence lets nobody go.
    """

    kind, letter, title, model = "likeness", "E", _("Comparison with people barred"), Likeness
    start = "draft"
    related = ("volunteer", "bar__case", "bar__volunteer", "decided_by")
    answer = Clock("answer", _("Comparison"), working_days("likeness.answer"), "escalate")
    stages = {
        "draft": Stage(_("draft"), the_clock),
        "waiting": Stage(_("is to be compared"), checker, (answer,), "waiting"),
        "same": Stage(_("the same person"), tone="late"),
        "another": Stage(_("another person"), tone="done"),
        "dropped": Stage(_("the bar stands no longer")),
    }

    notice = Step(
        "draft",
        "waiting",
        by=the_clock,
        label=_("Hold until they are compared"),
        past=_("Held: the data are like those of somebody barred"),
        then=(then.halt_who_is_alike,),
        tell=(checker,),
    )
    same = Step(
        "waiting",
        "same",
        by=checker,
        label=_("The same person: the bar is theirs"),
        past=_("Known again as the person barred"),
        asks=BySeeing,
        rules=rules.BY_ANOTHER,
        then=(then.join_the_bar, then.tell_of_the_bar, then.tell_their_ngos),
        ripple="clearance",
        decides=True,
        settles=True,
        danger=True,
    )
    another = Step(
        "waiting",
        "another",
        by=checker,
        label=_("Another person: let them go"),
        past=_("Found to be another person"),
        asks=BySeeing,
        rules=rules.BY_ANOTHER,
        then=(then.let_who_is_alike_go,),
        decides=True,
        settles=True,
    )
    escalate = Step(
        "waiting",
        STAYS,
        by=the_clock,
        label=_("Tell the chief"),
        past=_("Nobody compared them in time; the chief was told"),
        tell=(chief,),
        marks="answer",
    )
    drop = Step(
        "waiting",
        "dropped",
        by=the_clock,
        label=_("Close: the bar stands no longer"),
        past=_("Closed with the bar"),
        settles=True,
    )

    @classmethod
    def heading(cls, detail: Likeness) -> str:
        """Who looks like whom."""
        people = {"one": detail.volunteer, "other": detail.bar.volunteer}
        return str(_("%(one)s and %(other)s: the same person?") % people)

    @classmethod
    def facts(cls, detail: Likeness) -> dict[str, Any]:
        """What the Department's letters say."""
        return {
            "ref": detail.case.ref,
            "volunteer": str(detail.volunteer),
            "barred": str(detail.bar.volunteer),
            "link": reverse("likeness", args=[detail.case.ref]),
        }

    @classmethod
    def shown(cls, detail: Likeness) -> list[tuple[Text, Any]]:
        """Who, and by what they are alike; side by side they stand on a page of their own."""
        alike = ", ".join(str(ALIKE[kind]) for kind in detail.kinds)
        return [
            (_("Who is compared"), detail.volunteer),
            (_("Person barred"), detail.bar.volunteer),
            (_("Bar"), detail.bar.case.ref),
            (_("Alike are"), alike),
        ]


ALIKE = {
    "name": _("name and birthday"),
    "email": _("e-mail address"),
    "phone": _("telephone"),
}
