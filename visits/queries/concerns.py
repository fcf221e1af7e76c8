"""What somebody told the Department, and what a word may be about."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, Q, Subquery

from accounts.hats import Acting
from accounts.permissions import Permission
from casework.models import Decision
from casework.process import Text
from casework.queries import DRAFT, cases_visible_to
from registry.models import Institution
from visits.flows import ConcernFlow
from visits.models import Concern, Visit


@dataclass(frozen=True)
class Said:
    """One word of one's own: where it stands, and the answer once there is one."""

    concern: Concern
    stage: Text
    tone: str
    answer: str


def said_by(acting: Acting, *, most: int = 100) -> Sequence[Said]:
    """What this person told the Department, newest first."""
    reply = Decision.objects.filter(case=OuterRef("pk"), step="reply").values("reason")[:1]
    mine: Any = (
        Concern.objects.filter(case__opened_by=acting.user.pk)
        .exclude(case__state=DRAFT)
        .select_related("case", "institution__organisation")
        .annotate(answer=Subquery(reply))
        .order_by("-case__opened_at", "-pk")
    )
    stages = ConcernFlow.stages
    return [
        Said(one, stages[one.case.state].label, stages[one.case.state].tone, one.answer or "")
        for one in mine[:most]
    ]


def own(acting: Acting, ref: str) -> Concern | None:
    """One's own word by its reference."""
    mine = Concern.objects.filter(case__opened_by=acting.user.pk, case__ref=ref)
    return mine.exclude(case__state=DRAFT).select_related(*ConcernFlow.related).first()


def visit_of(acting: Acting, ref: str) -> Visit | None:
    """The visit a word may be about: one that whoever speaks may see, or let in at their gate."""
    seen = Q(case__in=cases_visible_to(acting))
    if acting.organisation and acting.may(Permission.KEEP_GATE):
        seen |= Q(institution=acting.organisation.pk)
    found = Visit.objects.filter(seen, case__ref=ref).exclude(case__state=DRAFT)
    return found.select_related("case", "institution__organisation", "ngo__organisation").first()


def institution_of(ref: str) -> Institution | None:
    """The institution a word may be about."""
    found = Institution.objects.filter(organisation__ref=ref)
    return found.select_related("organisation").first()
