"""A change of what is asked of volunteers: proposed, approved by another, begun on its day."""

from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from casework.flows.asks import WhyNot
from casework.parties import Either, chief, opener, registrar, reviewer, the_clock
from casework.process import STAYS, Clock, Flow, Stage, Step, Text
from casework.terms import until, working_days
from face.templatetags.face import day
from registry.models import Tier
from volunteers import requirement_rules as rules
from volunteers.consequences import put_in_force
from volunteers.models import RequirementChange
from volunteers.parties import heads


class Q(models.TextChoices):
    """Where a change stands."""

    DRAFT = "draft", _("draft")
    PROPOSED = "proposed", _("waits for a second person")
    APPROVED = "approved", _("approved, begins on its day")
    IN_FORCE = "in_force", _("in force")
    REFUSED = "refused", _("the change was refused")
    WITHDRAWN = "withdrawn", _("the proposal was withdrawn")
    LAPSED = "lapsed", _("the change did not come about")


def _its_first_day(change: RequirementChange) -> datetime:
    return datetime.combine(change.from_on, time.min, ZoneInfo(change.case.owner.zone))


approver = Either((registrar, reviewer), _("another registrar or the appeals commission"))
approving = Clock("approve", _("Second person"), working_days("requirement.approve"), "escalate")
first_day = Clock("first_day", _("First day"), until(_its_first_day), "lapse")
beginning = Clock("begin", _("First day"), until(_its_first_day), "begin")


class RequirementFlow(Flow[RequirementChange]):
    """A registrar proposes, somebody else approves; whom it touches is shown before. They are told
    at once and have until its first day; whoever lacks it then is taken off.
    """

    kind, letter, title = "requirement_change", "Q", _("Change of the requirements")
    model, start = RequirementChange, Q.DRAFT
    related = ("case__owner", "requirement", "proposed_by", "approved_by", "demand")
    stages = {
        Q.DRAFT: Stage(Q.DRAFT.label, opener),
        Q.PROPOSED: Stage(Q.PROPOSED.label, approver, (approving, first_day), "waiting"),
        Q.APPROVED: Stage(Q.APPROVED.label, registrar, (beginning,), "waiting"),
        Q.IN_FORCE: Stage(Q.IN_FORCE.label, tone="done"),
        Q.REFUSED: Stage(Q.REFUSED.label, tone="late"),
        Q.WITHDRAWN: Stage(Q.WITHDRAWN.label),
        Q.LAPSED: Stage(Q.LAPSED.label, tone="late"),
    }

    propose = Step(
        Q.DRAFT,
        Q.PROPOSED,
        by=opener,
        label=_("Propose the change"),
        past=_("The change was proposed"),
        rules=rules.CHANGING,
        tell=(approver,),
    )
    approve = Step(
        Q.PROPOSED,
        Q.APPROVED,
        by=approver,
        label=_("Approve the change"),
        past=_("The change was approved"),
        rules=rules.CHANGING,
        then=(put_in_force,),
        tell=(registrar, chief, heads),
        ripple="requirement_ahead",
        page="requirement-change",
        decides=True,
        settles=True,
    )
    begin = Step(
        Q.APPROVED,
        Q.IN_FORCE,
        by=the_clock,
        label=_("Begin"),
        past=_("Its first day came: it is in force"),
        ripple="requirement",
        tell=(registrar,),
    )
    refuse = Step(
        Q.PROPOSED,
        Q.REFUSED,
        by=approver,
        label=_("Refuse the change"),
        past=_("The change was refused"),
        asks=WhyNot,
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
        tell=(approver,),
        settles=True,
    )
    escalate = Step(
        Q.PROPOSED,
        STAYS,
        by=the_clock,
        label=_("Tell the chief"),
        past=_("Nobody approved in time; the chief was told"),
        tell=(approver, chief),
        marks="approve",
    )
    lapse = Step(
        Q.PROPOSED,
        Q.LAPSED,
        by=the_clock,
        label=_("Close: its first day has come"),
        past=_("Its first day came unapproved: the requirements stay as they are"),
        tell=(opener, chief),
        settles=True,
    )

    @classmethod
    def heading(cls, detail: RequirementChange) -> str:
        """What is asked, from which tier on, from when."""
        return f"{detail.requirement.name}: {asking(detail.tier)}, {day(detail.from_on)}"

    @classmethod
    def facts(cls, detail: RequirementChange) -> dict[str, Any]:
        """What letters say; the requirement in both languages."""
        return {
            "ref": detail.case.ref,
            "requirement_ru": detail.requirement.name_ru,
            "requirement_en": detail.requirement.name_en,
            "tier": detail.tier,
            "from_on": detail.from_on.isoformat(),
            "act_number": detail.act_number,
            "act_on": detail.act_on.isoformat(),
            "why": detail.why,
            "list": reverse("requirements"),
        }

    @classmethod
    def shown(cls, detail: RequirementChange) -> list[tuple[Text, Any]]:
        """The facts of its page; whom it touches stands on a page of its own."""
        act = _("No. %(number)s of %(day)s")
        rows: list[tuple[Text, Any]] = [
            (_("Requirement"), detail.requirement.name),
            (_("What changes"), asking(detail.tier)),
            (_("From which day"), day(detail.from_on)),
            (_("Act"), act % {"number": detail.act_number, "day": day(detail.act_on)}),
            (_("Why"), detail.why),
            (_("Proposed by"), str(detail.proposed_by)),
            (_("Approved by"), str(detail.approved_by or "")),
        ]
        return [row for row in rows if row[1]]


def asking(tier: str) -> Text:
    """From which tier on something is asked, in words."""
    if not tier:
        return _("is asked no longer")
    words: Text = _("is asked from “%(tier)s” on") % {"tier": Tier(tier).label}
    return words
