"""Barring a person from coming to residents: one proposes, a second confirms; two lift it."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from casework.parties import checker, chief, opener, the_clock
from casework.process import STAYS, Clock, Flow, Stage, Step, Text, asked
from casework.terms import calendar_days, working_days
from volunteers.barring import consequences as then
from volunteers.barring import rules
from volunteers.barring.words import in_both
from volunteers.models import Bar, BarGround


@dataclass(frozen=True)
class Ground:
    """Why somebody is to be barred."""

    ground: str = asked(_("Ground"), choices=BarGround)
    reason: str = asked(
        _("What happened"),
        long=True,
        hint=_(
            "If the bar is confirmed, the person will read it. No names of residents or of those "
            "who reported it, nothing about health."
        ),
    )


@dataclass(frozen=True)
class Report:
    """What the Department is asked to look into."""

    reason: str = asked(
        _("What happened"),
        long=True,
        hint=_("Only the Department reads it. No names of residents, nothing about health."),
    )


@dataclass(frozen=True)
class Why:
    """Why it is decided so."""

    reason: str = asked(_("Why"), long=True)


answering = Clock("answer", _("Answer to the request"), working_days("bar.answer"), "escalate")
confirming = Clock("second", _("Second person"), working_days("bar.second"), "remind_second")
holding = Clock("hold", _("Held while it is decided"), working_days("bar.hold"), "lapse")
lifting = Clock("removal", _("Removal"), working_days("bar.removal"), "remind_removal")
reviewing = Clock("review", _("Looking at it anew"), calendar_days("bar.review"), "review")


class BarFlow(Flow[Bar]):
    """From the proposal on the person is not cleared, for so many days at most while it is decided;
    silence bars nobody. A bar in force is looked at anew every year.
    """

    kind, letter, title, model = "bar", "B", _("Bar of a person"), Bar
    start = "draft"
    related = ("volunteer", "proposed_by", "confirmed_by", "removal_by", "lifted_by")
    stages = {
        "draft": Stage(_("draft"), opener),
        "reported": Stage(_("asked for"), checker, (answering,), "waiting"),
        "proposed": Stage(
            _("waits for a second person"), checker, (confirming, holding), "waiting"
        ),
        "in_force": Stage(_("in force"), checker, (reviewing,), "late"),
        "removal": Stage(_("in force; its removal waits"), checker, (lifting,), "late"),
        "declined": Stage(_("the request was declined")),
        "refused": Stage(_("the bar was not confirmed")),
        "lapsed": Stage(_("not decided in time")),
        "lifted": Stage(_("lifted"), tone="done"),
    }

    report = Step(
        "draft",
        "reported",
        by=opener,
        label=_("Ask the Department for a bar"),
        past=_("The Department was asked for a bar"),
        asks=Report,
        rules=(rules.nobody_decides_on_themselves, rules.not_barred_already),
        tell=(checker,),
    )
    decline = Step(
        "reported",
        "declined",
        by=checker,
        label=_("Decline the request"),
        past=_("The request was declined"),
        asks=Why,
        rules=rules.BY_ANOTHER,
        tell=(opener,),
        decides=True,
        settles=True,
    )
    propose = Step(
        ("draft", "reported"),
        "proposed",
        by=checker,
        label=_("Propose the bar"),
        past=_("A bar was proposed; the person is held"),
        asks=Ground,
        rules=rules.PROPOSING,
        then=(then.write_the_proposal, then.know_them_again, then.tell_that_it_is_looked_into),
        tell=(checker,),
        ripple="clearance",
        danger=True,
    )
    confirm = Step(
        "proposed",
        "in_force",
        by=checker,
        label=_("Confirm the bar"),
        past=_("The bar was confirmed by a second person"),
        rules=rules.DECIDING,
        then=(then.write_the_second, then.tell_of_the_bar),
        tell=(checker, chief),
        ripple="clearance",
        decides=True,
        settles=True,
        danger=True,
    )
    refuse = Step(
        "proposed",
        "refused",
        by=checker,
        label=_("Not confirm the bar"),
        past=_("The bar was not confirmed"),
        asks=Why,
        rules=rules.DECIDING,
        then=(then.let_the_person_go, then.tell_that_nothing_holds),
        tell=(opener, checker),
        decides=True,
        settles=True,
    )
    ask_removal = Step(
        "in_force",
        "removal",
        by=checker,
        label=_("Propose to lift the bar"),
        past=_("The removal of the bar was proposed"),
        asks=Why,
        rules=rules.BY_ANOTHER,
        then=(then.write_who_asks_for_removal,),
        tell=(checker,),
    )
    lift = Step(
        "removal",
        "lifted",
        by=checker,
        label=_("Lift the bar"),
        past=_("The bar was lifted by a second person"),
        rules=rules.LIFTING,
        then=(then.write_who_lifts, then.let_the_person_go, then.tell_that_nothing_holds),
        tell=(checker, chief),
    )
    keep = Step(
        "removal",
        "in_force",
        by=checker,
        label=_("Keep the bar"),
        past=_("The bar was kept"),
        asks=Why,
        rules=rules.LIFTING,
        tell=(checker,),
    )
    escalate = Step(
        "reported",
        STAYS,
        by=the_clock,
        label=_("Tell the chief"),
        past=_("Nobody answered in time; the chief was told"),
        tell=(chief,),
        marks="answer",
    )
    remind_second = Step(
        "proposed",
        STAYS,
        by=the_clock,
        label=_("Tell the chief"),
        past=_("Nobody confirmed in time; the chief was told"),
        tell=(checker, chief),
        marks="second",
    )
    lapse = Step(
        "proposed",
        "lapsed",
        by=the_clock,
        label=_("Let the person go"),
        past=_("Nobody decided in time: the person is held no longer"),
        then=(then.let_the_person_go, then.tell_that_nothing_holds),
        tell=(checker, chief),
        settles=True,
    )
    remind_removal = Step(
        "removal",
        STAYS,
        by=the_clock,
        label=_("Tell the chief"),
        past=_("Nobody decided on the removal in time; the chief was told"),
        tell=(checker, chief),
        marks="removal",
    )
    review = Step(
        "in_force",
        STAYS,
        by=the_clock,
        label=_("Remind of the review"),
        past=_("It was time to look at the bar anew"),
        tell=(checker,),
        marks="review",
    )

    @classmethod
    def heading(cls, detail: Bar) -> str:
        """Whose bar."""
        return str(_("Bar: %(person)s") % {"person": detail.volunteer})

    @classmethod
    def facts(cls, detail: Bar) -> dict[str, Any]:
        """What the Department's letters say; the ground in both languages."""
        ground = in_both(detail)
        return {
            "ref": detail.case.ref,
            "volunteer": str(detail.volunteer),
            "ground_ru": ground["ground_ru"],
            "ground_en": ground["ground_en"],
        }

    @classmethod
    def shown(cls, detail: Bar) -> list[tuple[Text, Any]]:
        """Whom it bars, why, and by whom."""
        rows: list[tuple[Text, Any]] = [
            (_("Person"), detail.volunteer),
            (_("Ground"), detail.get_ground_display()),
            (_("What happened"), detail.reason),
            (_("Proposed by"), detail.proposed_by),
            (_("Confirmed by"), detail.confirmed_by),
            (_("Removal proposed by"), detail.removal_by),
            (_("Lifted by"), detail.lifted_by),
        ]
        return [row for row in rows if row[1]]
