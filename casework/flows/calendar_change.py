"""A change of the working calendar: one person proposes days, another confirms them."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from casework import changing
from casework import consequences as then
from casework.flows.asks import WhyNot
from casework.models import CalendarChange
from casework.parties import Either, chief, opener, registrar, the_clock
from casework.process import STAYS, Clock, Flow, Stage, Step, Text
from casework.rules import calendar_change as rules
from casework.terms import working_days
from face.templatetags.face import day


class C(models.TextChoices):
    """Where a change stands."""

    DRAFT = "draft", _("draft")
    PROPOSED = "proposed", _("waits for a second person")
    CONFIRMED = "confirmed", _("the change was confirmed")
    REFUSED = "refused", _("the change was refused")
    WITHDRAWN = "withdrawn", _("the proposal was withdrawn")


keeper = Either((registrar, chief), _("a registrar or the chief"))
confirming = Clock("confirm", _("Second person"), working_days("calendar.confirm"), "escalate")


class CalendarChangeFlow(Flow[CalendarChange]):
    """Two people change days of a year, by an act. The confirmation writes a version of the
    calendar and counts the running terms anew; silence is escalated and changes nothing.
    """

    kind, letter, title, model = "calendar_change", "K", _("Change of the calendar"), CalendarChange
    start = C.DRAFT
    related = ("case__owner", "year", "proposed_by", "confirmed_by", "version")
    stages = {
        C.DRAFT: Stage(C.DRAFT.label, opener),
        C.PROPOSED: Stage(C.PROPOSED.label, keeper, (confirming,), "waiting"),
        C.CONFIRMED: Stage(C.CONFIRMED.label, tone="done"),
        C.REFUSED: Stage(C.REFUSED.label, tone="late"),
        C.WITHDRAWN: Stage(C.WITHDRAWN.label),
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
        by=keeper,
        label=_("Confirm the change"),
        past=_("The change was confirmed, and the terms were counted anew"),
        rules=rules.CHANGING,
        then=(then.change_the_calendar,),
        tell=(registrar, chief),
        page="calendar-change",
        decides=True,
        settles=True,
    )
    refuse = Step(
        C.PROPOSED,
        C.REFUSED,
        by=keeper,
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

    @classmethod
    def heading(cls, detail: CalendarChange) -> str:
        """Which year, by which act."""
        return _("Working calendar of %(year)s, act No. %(number)s") % {
            "year": detail.year_id,
            "number": detail.act_number,
        }

    @classmethod
    def facts(cls, detail: CalendarChange) -> dict[str, Any]:
        """What letters say: the act, how many days, and what it did once it was confirmed."""
        return {
            "ref": detail.case.ref,
            "year": detail.year_id,
            "days": len(changing.days_of(detail)),
            "decreed": detail.decreed,
            "act_number": detail.act_number,
            "act_on": detail.act_on.isoformat(),
            "version": detail.version_id,
            "counted": detail.counted,
            "moved": detail.moved,
            "kept": detail.kept,
        }

    @classmethod
    def shown(cls, detail: CalendarChange) -> list[tuple[Text, Any]]:
        """The facts of its page, with the days and what they did."""
        act = _("No. %(number)s of %(day)s")
        days = [f"{day(on)}: {words}" for on, words in changing.days_in_words(detail)]
        decreed = _("decreed") if detail.decreed else _("provisional: not yet decreed")
        rows: list[tuple[Text, Any]] = [
            (_("Year"), f"{detail.year_id}, {decreed}"),
            (_("Days that change"), "\n".join(days) or _("none")),
            (_("Act"), act % {"number": detail.act_number, "day": day(detail.act_on)}),
            (_("Proposed by"), str(detail.proposed_by)),
        ]
        if detail.confirmed_by:
            rows += [
                (_("Confirmed by"), str(detail.confirmed_by)),
                (_("Version of the calendar"), str(detail.version_id)),
                (_("Running terms counted anew"), str(detail.counted)),
                (_("Terms that moved later"), str(detail.moved)),
                (_("Terms that would have come nearer and stayed"), str(detail.kept)),
            ]
        return rows
