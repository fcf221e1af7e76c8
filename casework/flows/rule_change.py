"""A change of the rulebook: one person proposes a value, another confirms it."""

from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import models
from django.utils.translation import gettext_lazy as _

from casework import consequences as then
from casework.flows.asks import WhyNot
from casework.models import RuleChange
from casework.parties import chief, opener, registrar, the_clock
from casework.process import STAYS, Clock, Flow, Stage, Step, Text
from casework.rulebook import SOURCES, name_of, running_under
from casework.rules import rule_change as rules
from casework.terms import until, working_days
from casework.units import amount
from face.templatetags.face import day


class C(models.TextChoices):
    """Where a change stands."""

    DRAFT = "draft", _("draft")
    PROPOSED = "proposed", _("waits for a second person")
    CONFIRMED = "confirmed", _("the change was confirmed")
    REFUSED = "refused", _("the change was refused")
    WITHDRAWN = "withdrawn", _("the proposal was withdrawn")
    LAPSED = "lapsed", _("the change did not come about")


def _end_of_the_first_day(change: RuleChange) -> datetime:
    zone = ZoneInfo(change.case.owner.zone)
    return datetime.combine(change.from_on + timedelta(days=1), time.min, zone)


confirming = Clock("confirm", _("Second person"), working_days("rules.confirm"), "escalate")
first_day = Clock("first_day", _("First day"), until(_end_of_the_first_day), "lapse")


class RuleChangeFlow(Flow[RuleChange]):
    """Two people change a number: from a day, by an act. Silence is escalated; a first day that
    passes unconfirmed changes nothing.
    """

    kind, letter, title, model = "rule_change", "R", _("Change of a rule"), RuleChange
    start = C.DRAFT
    related = ("case__owner", "replaces", "proposed_by", "confirmed_by", "rulebook")
    stages = {
        C.DRAFT: Stage(C.DRAFT.label, opener),
        C.PROPOSED: Stage(C.PROPOSED.label, registrar, (confirming, first_day), "waiting"),
        C.CONFIRMED: Stage(C.CONFIRMED.label, tone="done"),
        C.REFUSED: Stage(C.REFUSED.label, tone="late"),
        C.WITHDRAWN: Stage(C.WITHDRAWN.label),
        C.LAPSED: Stage(C.LAPSED.label, tone="late"),
    }

    propose = Step(
        C.DRAFT,
        C.PROPOSED,
        by=opener,
        label=_("Propose the change"),
        past=_("The change was proposed"),
        rules=rules.CHANGING,
        tell=(registrar, chief),
    )
    confirm = Step(
        C.PROPOSED,
        C.CONFIRMED,
        by=registrar,
        label=_("Confirm the change"),
        past=_("The change was confirmed"),
        rules=rules.CHANGING,
        then=(then.put_in_force,),
        tell=(registrar, chief),
        decides=True,
        settles=True,
    )
    refuse = Step(
        C.PROPOSED,
        C.REFUSED,
        by=registrar,
        label=_("Refuse the change"),
        past=_("The change was refused"),
        asks=WhyNot,
        tell=(opener, chief),
        decides=True,
        settles=True,
        danger=True,
    )
    withdraw = Step(
        C.PROPOSED,
        C.WITHDRAWN,
        by=opener,
        label=_("Withdraw the proposal"),
        past=_("The proposal was withdrawn"),
        tell=(registrar,),
        settles=True,
    )
    escalate = Step(
        C.PROPOSED,
        STAYS,
        by=the_clock,
        label=_("Tell the chief"),
        past=_("Nobody confirmed in time; the chief was told"),
        tell=(registrar, chief),
        marks="confirm",
    )
    lapse = Step(
        C.PROPOSED,
        C.LAPSED,
        by=the_clock,
        label=_("Close: its first day has passed"),
        past=_("Its first day passed unconfirmed: nothing changed"),
        tell=(opener, chief),
        settles=True,
    )

    @classmethod
    def heading(cls, detail: RuleChange) -> str:
        """What, and from how much to how much."""
        old = detail.replaces
        return f"{name_of(old)}: {old.value} → {amount(detail.value, old.unit)}"

    @classmethod
    def facts(cls, detail: RuleChange) -> dict[str, Any]:
        """What letters say; numbers with their unit's code."""
        old = detail.replaces
        return {
            "ref": detail.case.ref,
            "rule_ru": old.name_ru,
            "rule_en": old.name_en,
            "before": old.value,
            "value": detail.value,
            "unit": old.unit,
            "from_on": detail.from_on.isoformat(),
            "act_number": detail.act_number,
            "act_on": detail.act_on.isoformat(),
            "why": detail.why,
        }

    @classmethod
    def shown(cls, detail: RuleChange) -> list[tuple[Text, Any]]:
        """The facts of its page, with what keeps the old value."""
        old = detail.replaces
        act = _("No. %(number)s of %(day)s")
        rows: list[tuple[Text, Any]] = [
            (_("Rule"), name_of(old)),
            (_("Source"), SOURCES[old.source]),
            (_("Old value"), amount(old.value, old.unit)),
            (_("New value"), amount(detail.value, old.unit)),
            (_("From which day"), day(detail.from_on)),
            (_("Act"), act % {"number": detail.act_number, "day": day(detail.act_on)}),
            (_("Why"), detail.why),
            (_("Proposed by"), str(detail.proposed_by)),
        ]
        if detail.confirmed_by:
            rows.append((_("Confirmed by"), str(detail.confirmed_by)))
        if detail.rulebook_id:
            rows.append((_("Edition of the rules"), str(detail.rulebook_id)))
        elif kept := running_under(old):
            rows.append((_("Running terms that keep the old value"), str(kept)))
        return rows
