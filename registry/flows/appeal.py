"""An NGO's appeal: decided in the Department, by somebody who took no part in the case before."""

from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from casework.parties import department, registrar, reviewer, the_clock
from casework.process import STAYS, Clock, Flow, Stage, Step, Text, asked
from casework.terms import working_days
from registry import appeal_rules as rules
from registry import consequences as then
from registry import papers
from registry.flows.rows import link_to
from registry.models import Appeal, Contested
from registry.parties import head, ngo_desk
from registry.queries.appeals import FOLLOWS


class L(models.TextChoices):
    """Where an appeal stands."""

    DRAFT = "draft", _("draft")
    FILED = "filed", _("the commission decides")
    UPHELD = "upheld", _("the decision stands")
    OVERTURNED = "overturned", _("the decision was overturned")
    WITHDRAWN = "withdrawn", _("withdrawn")


@dataclass(frozen=True)
class Reasons:
    """Why the commission decides so."""

    reason: str = asked(_("Reasons"), long=True, hint=_("The NGO and the registrars read them."))


class AppealFlow(Flow[Appeal]):
    """The head of an NGO appeals; the commission upholds the decision or overturns it, and what
    follows happens with it. Silence is told to the Department and decides nothing.
    """

    kind, letter, title, model = "appeal", "L", _("Appeal of an NGO"), Appeal
    start = L.DRAFT
    related = ("case__owner", "ngo__organisation", "against__owner")
    answer = Clock("answer", _("Decision on the appeal"), working_days("appeal.answer"), "escalate")
    prints = {"overturn": papers.decided, "uphold": papers.decided}
    stages = {
        L.DRAFT: Stage(L.DRAFT.label, head),
        L.FILED: Stage(L.FILED.label, reviewer, (answer,), "waiting"),
        L.UPHELD: Stage(L.UPHELD.label),
        L.OVERTURNED: Stage(L.OVERTURNED.label, tone="done"),
        L.WITHDRAWN: Stage(L.WITHDRAWN.label),
    }

    file = Step(
        L.DRAFT,
        L.FILED,
        by=head,
        label=_("File the appeal"),
        past=_("The appeal was filed"),
        rules=(rules.it_can_be_filed,),
        tell=(reviewer, ngo_desk),
    )
    overturn = Step(
        L.FILED,
        L.OVERTURNED,
        by=reviewer,
        label=_("Overturn the decision"),
        past=_("The decision was overturned"),
        asks=Reasons,
        rules=(rules.other_eyes,),
        tell=(ngo_desk, registrar),
        ripple="appeal",
        decides=True,
        settles=True,
    )
    uphold = Step(
        L.FILED,
        L.UPHELD,
        by=reviewer,
        label=_("Uphold the decision"),
        past=_("The decision was upheld"),
        asks=Reasons,
        rules=(rules.other_eyes,),
        tell=(ngo_desk, registrar),
        decides=True,
        settles=True,
    )
    withdraw = Step(
        L.FILED,
        L.WITHDRAWN,
        by=head,
        label=_("Withdraw the appeal"),
        past=_("The appeal was withdrawn"),
        then=(then.take_the_appeal_back,),
        tell=(reviewer,),
        settles=True,
    )
    escalate = Step(
        L.FILED,
        STAYS,
        by=the_clock,
        label=_("Escalate"),
        past=_("The decision on the appeal is late; the Department was told"),
        tell=(department, ngo_desk),
        marks="answer",
    )

    @classmethod
    def heading(cls, detail: Appeal) -> str:
        """Whose appeal, and against what."""
        return f"{detail.ngo}: {detail.get_what_display()}, {detail.against.ref}"

    @classmethod
    def facts(cls, detail: Appeal) -> dict[str, Any]:
        """The references of both cases, the NGO, and what is appealed."""
        return {
            "ref": detail.case.ref,
            "ngo": detail.ngo.organisation.short_name,
            "against": detail.against.ref,
            "what": detail.what,
        }

    @classmethod
    def shown(cls, detail: Appeal) -> list[tuple[Text, Any]]:
        """What is appealed and why, and what an overturned decision leads to."""
        return [
            (_("Against"), detail.get_what_display()),
            (_("Case"), link_to(detail.against)),
            (_("Grounds"), detail.grounds),
            (_("If it is overturned"), FOLLOWS[Contested(detail.what)]),
        ]
