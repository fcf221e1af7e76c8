"""An agreement as a process: one side offers, the other signs, either ends it."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.hats import Acting
from casework.parties import department, the_clock
from casework.process import STAYS, Flow, Step, Text
from face.templatetags.face import day
from institutions import consequences as then
from institutions import papers
from institutions.flows import asks
from institutions.flows.stages import AGREEMENT_STAGES, A
from institutions.models import Agreement
from institutions.parties import answerer, coordinators, desk, either_side, offerer, suspender
from institutions.queries.house import named_types, type_names
from institutions.queries.versions import beside
from institutions.rules import agreements as rules


class AgreementFlow(Flow[Agreement]):
    """The head of an NGO or a director offers; the other side signs or declines, or the
    Department hears of its silence. It holds until its term ends or a side ends it.
    """

    kind, letter, title, model, start = "agreement", "A", _("Agreement"), Agreement, A.DRAFT
    related = (
        "case__owner",
        "case__asker",
        "institution__organisation",
        "institution__kind",
        "ngo__organisation",
        "offered_by",
        "signed_for_offerer",
        "signed_for_other",
        "proposal__case",
    )
    stages = AGREEMENT_STAGES
    prints = {"sign": papers.agreement}

    offer = Step(
        A.DRAFT,
        A.OFFERED,
        by=offerer,
        label=_("Offer the agreement"),
        past=_("The agreement was offered and signed by its writer"),
        rules=rules.WRITING,
        then=(then.sign_for_offerer, then.keep_the_version),
        tell=(answerer,),
    )
    counter = Step(
        A.OFFERED,
        A.OFFERED,
        by=answerer,
        label=_("Offer other terms"),
        past=_("The other side offered other terms"),
        rules=rules.COUNTERING,
        then=(then.take_over_the_offer, then.keep_the_version),
        tell=(answerer,),
        restarts=("answer",),
        page="agreement-counter",
    )
    sign = Step(
        A.OFFERED,
        A.ACTIVE,
        by=answerer,
        label=_("Sign the agreement"),
        past=_("The agreement was signed by the other side"),
        rules=rules.SIGNING,
        then=(then.sign_for_other, then.conclude_the_proposal),
        tell=(coordinators, desk),
        settles=True,
    )
    decline = Step(
        A.OFFERED,
        A.DECLINED,
        by=answerer,
        label=_("Decline the offer"),
        past=_("The offer was declined"),
        asks=asks.Refusal,
        rules=(rules.another_side_answers,),
        tell=(offerer,),
        settles=True,
        danger=True,
    )
    withdraw = Step(
        A.OFFERED,
        A.WITHDRAWN,
        by=offerer,
        label=_("Withdraw the offer"),
        past=_("The offer was withdrawn"),
        asks=asks.Why,
        tell=(answerer,),
        settles=True,
    )
    escalate = Step(
        A.OFFERED,
        STAYS,
        by=the_clock,
        label=_("Escalate"),
        past=_("The offer was not answered in time; the Department was told"),
        tell=(department, answerer, offerer),
        marks="answer",
    )
    suspend = Step(
        A.ACTIVE,
        A.SUSPENDED,
        by=either_side,
        label=_("Suspend the agreement"),
        past=_("A side suspended the agreement"),
        asks=asks.Suspending,
        rules=(rules.the_pause_lies_ahead,),
        then=(then.suspend,),
        tell=(coordinators, desk, department),
        ripple="agreement_pause",
        danger=True,
    )
    resume = Step(
        A.SUSPENDED,
        A.ACTIVE,
        by=suspender,
        label=_("Let it hold again"),
        past=_("The agreement holds again"),
        then=(then.resume,),
        tell=(coordinators, desk),
    )
    hold_again = Step(
        A.SUSPENDED,
        A.ACTIVE,
        by=the_clock,
        label=_("Let it hold again"),
        past=_("The suspension is over: the agreement holds again"),
        then=(then.resume,),
        tell=(coordinators, desk),
    )
    remind = Step(
        A.ACTIVE,
        STAYS,
        by=the_clock,
        label=_("Remind of renewal"),
        past=_("The agreement ends soon; both sides were reminded to renew it"),
        tell=(coordinators, desk),
        marks="renewal",
    )
    end = Step(
        (A.ACTIVE, A.SUSPENDED),
        A.ENDING,
        by=either_side,
        label=_("End the agreement"),
        past=_("A side set the last day of the agreement"),
        asks=asks.LastDay,
        rules=(rules.the_last_day_lies_ahead, rules.the_other_side_is_warned),
        then=(then.set_the_last_day,),
        tell=(coordinators, desk),
        ripple="agreement",
        danger=True,
    )
    expire = Step(
        (A.ACTIVE, A.SUSPENDED),
        A.EXPIRED,
        by=the_clock,
        label=_("Expire"),
        past=_("The term of the agreement is over"),
        tell=(coordinators, desk),
    )
    finish = Step(
        A.ENDING,
        A.ENDED,
        by=the_clock,
        label=_("Finish"),
        past=_("The last day of the agreement is over"),
    )

    @classmethod
    def heading(cls, detail: Agreement) -> str:
        """Who with whom."""
        sides = detail.ngo.organisation, detail.institution.organisation
        return " × ".join(side.short_name for side in sides)

    @classmethod
    def facts(cls, detail: Agreement) -> dict[str, Any]:
        """What letters say; days as ISO text."""
        held = detail.suspended_through
        return {
            "ref": detail.case.ref,
            "ngo": detail.ngo.organisation.short_name,
            "institution": detail.institution.organisation.short_name,
            "offered_by": detail.offered_by.short_name,
            "from_on": detail.during.lower.isoformat(),
            "through_on": detail.last_on.isoformat(),
            "held_through_on": held.isoformat() if held else "",
        }

    @classmethod
    def shown(cls, detail: Agreement) -> list[tuple[Text, Any]]:
        """The facts of its page; what is empty is left out."""
        types = named_types(detail.during.lower).filter(pk__in=detail.covered.values("type"))
        through = detail.suspended_through
        rows: list[tuple[Text, Any]] = [
            (_("NGO"), detail.ngo.organisation.name),
            (_("Institution"), detail.institution.organisation.name),
            (_("Types of interaction"), ", ".join(type_names(types))),
            (_("First day"), day(detail.during.lower)),
            (_("Last day"), day(detail.last_on)),
            (_("Visits a week, at most"), detail.visits_a_week),
            (_("People in a visit, at most"), detail.people_a_visit),
            (_("Offered by"), detail.offered_by.short_name),
            (_("Signed for the offer"), detail.signed_for_offerer),
            (_("Signed in answer"), detail.signed_for_other),
            (_("What else was agreed"), detail.note),
            (_("Suspended through"), day(through) if through else ""),
        ]
        return [row for row in rows if row[1]]

    @classmethod
    def beside(cls, detail: Agreement, acting: Acting, at: datetime) -> tuple[str, dict[str, Any]]:
        """Its versions, the proposal it follows from, and its people."""
        return "institutions/components/agreement_beside.html", beside(detail, acting)
