"""A change of the catalogue as a process: proposed, looked at side by side, approved."""

from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.db import models
from django.utils.translation import gettext_lazy as _

from casework.flows.asks import WhyNot
from casework.parties import Either, chief, opener, registrar, reviewer, the_clock
from casework.process import STAYS, Clock, Flow, Stage, Step, Text
from casework.terms import until, working_days
from face.templatetags.face import day
from registry.catalogue import rules
from registry.catalogue.writing import put_in_force
from registry.models import TypeChange
from registry.queries.types import last_names


class T(models.TextChoices):
    """Where a change stands."""

    DRAFT = "draft", _("draft")
    PROPOSED = "proposed", _("waits for a second person")
    APPROVED = "approved", _("the change was approved")
    REFUSED = "refused", _("the change was refused")
    WITHDRAWN = "withdrawn", _("the proposal was withdrawn")
    LAPSED = "lapsed", _("the change did not come about")


def _its_first_day(change: TypeChange) -> datetime:
    return datetime.combine(change.from_on, time.min, ZoneInfo(change.case.owner.zone))


approver = Either((registrar, reviewer), _("another registrar or the appeals commission"))
approving = Clock("approve", _("Second person"), working_days("catalogue.approve"), "escalate")
first_day = Clock("first_day", _("First day"), until(_its_first_day), "lapse")


class TypeChangeFlow(Flow[TypeChange]):
    """A registrar proposes, somebody else approves; what it breaks is shown before. Silence is
    escalated; a first day that comes without an approval changes nothing.
    """

    kind, letter, title, model = "type_change", "T", _("Change of the catalogue"), TypeChange
    start = T.DRAFT
    related = ("case__owner", "type", "proposed_by", "approved_by", "version", "procedure_version")
    stages = {
        T.DRAFT: Stage(T.DRAFT.label, opener),
        T.PROPOSED: Stage(T.PROPOSED.label, approver, (approving, first_day), "waiting"),
        T.APPROVED: Stage(T.APPROVED.label, tone="done"),
        T.REFUSED: Stage(T.REFUSED.label, tone="late"),
        T.WITHDRAWN: Stage(T.WITHDRAWN.label),
        T.LAPSED: Stage(T.LAPSED.label, tone="late"),
    }

    propose = Step(
        T.DRAFT,
        T.PROPOSED,
        by=opener,
        label=_("Propose the change"),
        past=_("The change was proposed"),
        rules=rules.CHANGING,
        tell=(approver,),
    )
    approve = Step(
        T.PROPOSED,
        T.APPROVED,
        by=approver,
        label=_("Approve the change"),
        past=_("The change was approved"),
        rules=rules.CHANGING,
        then=(put_in_force,),
        tell=(registrar, chief),
        ripple="type_change",
        page="type-change",
        decides=True,
        settles=True,
    )
    refuse = Step(
        T.PROPOSED,
        T.REFUSED,
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
        T.PROPOSED,
        T.WITHDRAWN,
        by=opener,
        label=_("Withdraw the proposal"),
        past=_("The proposal was withdrawn"),
        tell=(approver,),
        settles=True,
    )
    escalate = Step(
        T.PROPOSED,
        STAYS,
        by=the_clock,
        label=_("Tell the chief"),
        past=_("Nobody approved in time; the chief was told"),
        tell=(approver, chief),
        marks="approve",
    )
    lapse = Step(
        T.PROPOSED,
        T.LAPSED,
        by=the_clock,
        label=_("Close: its first day has come"),
        past=_("Its first day came without an approval: nothing changed"),
        tell=(opener, chief),
        settles=True,
    )

    @classmethod
    def heading(cls, detail: TypeChange) -> str:
        """Which type, what becomes of it, from when."""
        name = last_names(detail.type_id).name
        return f"{detail.type.code} {name}: {detail.get_what_display()}, {day(detail.from_on)}"

    @classmethod
    def facts(cls, detail: TypeChange) -> dict[str, Any]:
        """What letters say; the type in both languages."""
        version = last_names(detail.type_id)
        return {
            "ref": detail.case.ref,
            "type": detail.type.code,
            "type_ru": version.name_ru,
            "type_en": version.name_en,
            "what": detail.what,
            "from_on": detail.from_on.isoformat(),
            "why": detail.why,
        }

    @classmethod
    def shown(cls, detail: TypeChange) -> list[tuple[Text, Any]]:
        """The facts of its page; both versions stand side by side on a page of their own."""
        rows: list[tuple[Text, Any]] = [
            (_("Type of interaction"), f"{detail.type.code} {last_names(detail.type_id).name}"),
            (_("What changes"), detail.get_what_display()),
            (_("From which day"), day(detail.from_on)),
            (_("Why"), detail.why),
            (_("Proposed by"), str(detail.proposed_by)),
            (_("Approved by"), str(detail.approved_by or "")),
        ]
        return [row for row in rows if row[1]]
