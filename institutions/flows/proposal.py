"""A cooperation proposal as a process (decree 1425): sent, answered in time, reviewed, agreed."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.hats import Acting
from casework.parties import another_case, department, the_clock
from casework.process import STAYS, Flow, Step, Text
from face.templatetags.face import day
from institutions import consequences as then
from institutions import papers
from institutions.flows import asks
from institutions.flows.proposal_stages import PROPOSAL_STAGES, P
from institutions.models import Group, Proposal
from institutions.parties import coordinators, desk, director, head
from institutions.queries.enclosures import types_and_enclosures
from institutions.queries.proposal_page import beside
from institutions.rules import proposals as rules
from registry.handed_in import handed_in

OPEN = (P.SENT, P.RECEIVED, P.ASKED, P.SUPPLIED)
ANSWERED_BY = (P.SENT, P.RECEIVED, P.SUPPLIED)


class ProposalFlow(Flow[Proposal]):
    """An NGO proposes, the director answers within the term or the Department hears of it. Silence
    neither accepts nor refuses. A refusal can go to the founder, who may overturn it.
    """

    kind, letter, title, model, start = "proposal", "P", _("Proposal"), Proposal, P.DRAFT
    related = (
        "case__owner",
        "case__asker",
        "institution__organisation",
        "institution__kind",
        "ngo__organisation",
    )
    stages = PROPOSAL_STAGES
    prints = {
        "send": papers.proposal,
        "accept": papers.acceptance,
        "overturn": papers.overturning,
        "uphold": papers.upholding,
        "refuse": papers.refusal,
        "refer": papers.refusal,
        "escalate": papers.escalation,
    }

    send = Step(
        P.DRAFT,
        P.SENT,
        by=coordinators,
        label=_("Send the proposal"),
        past=_("The proposal was sent and delivered"),
        rules=(rules.it_says_everything, rules.types_are_received, rules.the_days_lie_ahead),
        then=(then.begin_registering,),
        tell=(desk, coordinators),
    )
    discard = Step(
        P.DRAFT,
        P.DISCARDED,
        by=coordinators,
        label=_("Discard the draft"),
        past=_("The draft was discarded"),
        danger=True,
    )
    receive = Step(
        P.SENT,
        P.RECEIVED,
        by=desk,
        label=_("Take it in hand"),
        past=_("The institution took the proposal in hand"),
        tell=(coordinators,),
    )
    request_information = Step(
        (P.SENT, P.RECEIVED),
        P.ASKED,
        by=director,
        label=_("Ask for more information"),
        past=_("More information was requested; the term got longer"),
        asks=asks.Information,
        then=(then.note_the_question,),
        tell=(coordinators,),
        extends=("decision", "proposal.extension"),
        decides=True,
    )
    supply = Step(
        P.ASKED,
        P.SUPPLIED,
        by=coordinators,
        label=_("Give the information"),
        past=_("The information was given"),
        asks=asks.Supplied,
        then=(then.note_the_answer,),
        tell=(desk,),
    )
    not_supplied = Step(
        P.ASKED,
        P.RECEIVED,
        by=the_clock,
        label=_("Note that nothing was given"),
        past=_("The information was not given in time"),
        tell=(desk, coordinators),
    )
    accept = Step(
        OPEN,
        P.ACCEPTED,
        by=director,
        label=_("Accept with conditions"),
        past=_("The proposal was accepted"),
        asks=asks.Conditions,
        then=(then.keep_the_conditions,),
        tell=(coordinators, desk),
        decides=True,
    )
    refuse = Step(
        OPEN,
        P.REFUSED,
        by=director,
        label=_("Refuse"),
        past=_("The proposal was refused"),
        asks=asks.ProposalRefusal,
        rules=(rules.the_ground_is_borne_out,),
        then=(then.name_the_assessment,),
        tell=(coordinators, desk),
        decides=True,
        danger=True,
    )
    refer = Step(
        OPEN,
        P.REVIEW,
        by=director,
        label=_("Refuse on another ground: the Department reviews it"),
        past=_("Refused on another ground (R9); the Department reviews the refusal"),
        asks=asks.OtherGround,
        then=(then.open_the_review,),
        tell=(coordinators, desk),
        decides=True,
        danger=True,
    )
    ask_founder = Step(
        P.REFUSED,
        P.REVIEW,
        by=head,
        label=_("Send it to the founder"),
        past=_("The NGO sent the proposal to the founder"),
        asks=asks.Grounds,
        then=(then.open_the_review,),
        tell=(desk, coordinators),
    )
    overturn = Step(
        P.REVIEW,
        P.ACCEPTED,
        by=another_case,
        label=_("Accept by the founder’s decision"),
        past=_("The founder overturned the refusal: the proposal is accepted"),
        tell=(coordinators, desk),
    )
    uphold = Step(
        P.REVIEW,
        P.CLOSED,
        by=another_case,
        label=_("Let the refusal stand by the founder’s decision"),
        past=_("The founder let the refusal stand"),
        tell=(coordinators, desk),
        settles=True,
    )
    close = Step(
        P.REFUSED,
        P.CLOSED,
        by=the_clock,
        label=_("Close"),
        past=_("Nobody went to the founder in time: the refusal stands"),
        tell=(coordinators,),
        settles=True,
    )
    run_on = Step(
        P.ACCEPTED,
        STAYS,
        by=another_case,
        label=_("Let the term run on"),
        past=_("The NGO is registered: the term for the agreement runs on"),
        then=(then.stop_waiting,),
        tell=(coordinators, desk),
        resumes=("agreement",),
    )
    conclude = Step(
        P.ACCEPTED,
        P.AGREED,
        by=another_case,
        label=_("Conclude"),
        past=_("The agreement was signed by both sides"),
        settles=True,
    )
    lapse = Step(
        P.ACCEPTED,
        P.LAPSED,
        by=the_clock,
        label=_("Lapse"),
        past=_("The NGO was not registered in time: the proposal lapsed"),
        rules=(rules.the_ngo_is_still_not_registered,),
        tell=(coordinators, desk),
        settles=True,
    )
    withdraw = Step(
        (*OPEN, P.REFUSED, P.ACCEPTED),
        P.WITHDRAWN,
        by=coordinators,
        label=_("Withdraw the proposal"),
        past=_("The proposal was withdrawn"),
        asks=asks.Why,
        tell=(desk,),
        settles=True,
    )
    escalate = Step(
        OPEN,
        STAYS,
        by=the_clock,
        label=_("Escalate"),
        past=_("Not answered in time: it was handed to the Department, the place is kept"),
        tell=(department, desk, coordinators),
        marks="decision",
    )
    escalate_agreement = Step(
        P.ACCEPTED,
        STAYS,
        by=the_clock,
        label=_("Escalate"),
        past=_("The agreement was not signed in time; the Department was told"),
        tell=(department, desk, coordinators),
        marks="agreement",
    )

    @classmethod
    def heading(cls, detail: Proposal) -> str:
        """Who proposes to whom."""
        sides = detail.ngo.organisation, detail.institution.organisation
        return " → ".join(side.short_name for side in sides)

    @classmethod
    def facts(cls, detail: Proposal) -> dict[str, Any]:
        """What letters say; days as ISO text."""
        return {
            "ref": detail.case.ref,
            "ngo": detail.ngo.organisation.short_name,
            "institution": detail.institution.organisation.short_name,
            "from_on": detail.during.lower.isoformat(),
            "through_on": detail.last_on.isoformat(),
            "asked": detail.asked,
        }

    @classmethod
    def shown(cls, detail: Proposal) -> list[tuple[Text, Any]]:
        """The facts of its page; what is empty is left out."""
        types, enclosures = types_and_enclosures(detail)
        groups = [str(Group(code).label) for code in detail.groups]
        given = detail.conditions
        rows: list[tuple[Text, Any]] = [
            (_("Types of interaction"), "; ".join(types)),
            (_("For whom"), "; ".join(groups)),
            (_("First day"), day(detail.during.lower)),
            (_("Last day"), day(detail.last_on)),
            (_("Visits a week, at most"), detail.visits_a_week),
            (_("People in a visit, at most"), detail.people_a_visit),
            (_("What will be done"), detail.programme),
            (_("How the volunteers are prepared"), detail.preparation),
            (_("Experience"), detail.experience),
            (_("What is needed from the institution"), detail.needs),
            (_("Documents"), handed_in(enclosures)),
            (_("Asked by the institution"), detail.asked),
            (_("Answered by the NGO"), detail.supplied),
            *((label, given.get(name, "")) for name, label in asks.CONDITIONS.items()),
        ]
        return [row for row in rows if row[1]]

    @classmethod
    def beside(cls, detail: Proposal, acting: Acting, at: datetime) -> tuple[str, dict[str, Any]]:
        """What the register and the calendar say of it, and what comes next."""
        return "institutions/components/proposal_beside.html", beside(detail, acting, at)
