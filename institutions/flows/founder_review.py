"""A refusal before the founder, as a case of its own: other people decide it than those asked."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from casework.parties import another_case, department, reviewer, the_clock
from casework.process import STAYS, Flow, Step, Text
from institutions import consequences as then
from institutions.flows import asks
from institutions.flows.proposal import ProposalFlow
from institutions.flows.proposal_stages import REVIEW_STAGES, F
from institutions.models import FounderReview
from institutions.parties import coordinators, head
from institutions.rules import proposals as rules


class FounderReviewFlow(Flow[FounderReview]):
    """The commission of the Department looks at a refusal and lets it stand or overturns it, by
    the same clocks as the institution had. Its silence escalates within the Department.
    """

    kind, letter, title = "founder_review", "F", _("Founder review")
    model, start = FounderReview, F.DRAFT
    related = (
        "case__owner",
        "case__asker",
        "proposal__case__owner",
        "proposal__institution__organisation",
        "proposal__ngo__organisation",
    )
    stages = REVIEW_STAGES

    open = Step(
        F.DRAFT,
        F.OPEN,
        by=another_case,
        label=_("Open the review"),
        past=_("The review was opened"),
        tell=(reviewer,),
    )
    request_information = Step(
        F.OPEN,
        F.ASKED,
        by=reviewer,
        label=_("Ask for more information"),
        past=_("More information was requested; the term got longer"),
        asks=asks.Information,
        rules=(rules.the_reviewer_is_of_no_side,),
        then=(then.note_the_question,),
        tell=(coordinators,),
        extends=("review", "review.extension"),
        decides=True,
    )
    supply = Step(
        F.ASKED,
        F.OPEN,
        by=head,
        label=_("Give the information"),
        past=_("The information was given"),
        asks=asks.Supplied,
        then=(then.note_the_answer,),
        tell=(reviewer,),
    )
    not_supplied = Step(
        F.ASKED,
        F.OPEN,
        by=the_clock,
        label=_("Note that nothing was given"),
        past=_("The information was not given in time"),
        tell=(reviewer, coordinators),
    )
    overturn = Step(
        (F.OPEN, F.ASKED),
        F.OVERTURNED,
        by=reviewer,
        label=_("Overturn the refusal"),
        past=_("The refusal was overturned: the proposal is accepted"),
        asks=asks.Reasons,
        rules=(rules.the_reviewer_is_of_no_side,),
        then=(then.overturn_the_refusal,),
        decides=True,
        settles=True,
    )
    uphold = Step(
        (F.OPEN, F.ASKED),
        F.UPHELD,
        by=reviewer,
        label=_("Let the refusal stand"),
        past=_("The refusal stands"),
        asks=asks.Reasons,
        rules=(rules.the_reviewer_is_of_no_side,),
        then=(then.uphold_the_refusal,),
        decides=True,
        settles=True,
        danger=True,
    )
    escalate = Step(
        (F.OPEN, F.ASKED),
        STAYS,
        by=the_clock,
        label=_("Escalate"),
        past=_("The review is late; the Department was told"),
        tell=(department, coordinators),
        marks="review",
    )

    @classmethod
    def heading(cls, detail: FounderReview) -> str:
        """Whose proposal to whom was refused."""
        return ProposalFlow.heading(detail.proposal)

    @classmethod
    def facts(cls, detail: FounderReview) -> dict[str, Any]:
        """What letters say."""
        proposal = detail.proposal
        return {
            "ref": detail.case.ref,
            "proposal": proposal.case.ref,
            "ngo": proposal.ngo.organisation.short_name,
            "institution": proposal.institution.organisation.short_name,
            "asked": detail.asked,
        }

    @classmethod
    def shown(cls, detail: FounderReview) -> list[tuple[Text, Any]]:
        """Why it was refused, why that is questioned, and what was proposed."""
        refusal = detail.proposal.case.decisions.filter(step__in=("refuse", "refer")).last()
        said = f"{refusal.code} {refusal.reason}".strip() if refusal else ""
        rows: list[tuple[Text, Any]] = [
            (_("Proposal"), detail.proposal.case.ref),
            (_("Refused because"), said),
            (_("Grounds of the review"), detail.grounds),
            (_("Asked by the Department"), detail.asked),
            (_("Answered by the NGO"), detail.supplied),
            *ProposalFlow.shown(detail.proposal),
        ]
        return [row for row in rows if row[1]]
