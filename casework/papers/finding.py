"""Papers as they are found: by anybody who has the code, by whoever may see the case."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from accounts.hats import Acting
from casework.models import Case, Paper, PaperKind
from casework.papers.contents import sides
from casework.process import flow_of
from casework.queries import Happened, cases_visible_to

# A later paper of the same case and family takes the place of an earlier one, in any language;
# later is what was decided later, whenever it was printed.
FAMILIES = (
    (PaperKind.PROPOSAL,),
    (PaperKind.AGREEMENT,),
    (PaperKind.ACCEPTANCE, PaperKind.REFUSAL),
)


class Standing(models.TextChoices):
    """Whether what a paper says still holds."""

    VALID = "valid", _("Not withdrawn and not replaced")
    REPLACED = "replaced", _("Replaced by a later paper")
    WITHDRAWN = "withdrawn", _("Withdrawn")


@dataclass(frozen=True)
class Known:
    """A paper for everybody: no person, no reason, the sides only where they are public."""

    paper: Paper
    standing: Standing
    sides: list[str]


def known(code: str) -> Known | None:
    """The paper of this code, or None."""
    paper = Paper.objects.select_related("organisation", "decision").filter(code=code).first()
    if paper is None:
        return None
    return Known(paper, _standing(paper), sides(paper.kind, paper.values))


def of_case(case: Case, happened: Iterable[Happened]) -> list[Paper]:
    """The papers of a case, in the order in which they were issued; none before a step prints."""
    prints = flow_of(case).prints
    if not any(one.decision.step in prints for one in happened):
        return []
    return list(Paper.objects.filter(case=case).order_by("issued_at", "pk"))


def visible(acting: Acting, code: str) -> Paper | None:
    """The paper of this code where whoever acts may see its case, or had it issued of their own
    hours; otherwise there is none.
    """
    own = Q(kind=PaperKind.HOURS, issued_by=acting.user.pk)
    return Paper.objects.filter(own | Q(case__in=cases_visible_to(acting)), code=code).first()


def extract(code: str) -> Paper | None:
    """The extract from the register of this code: it is for everybody."""
    return Paper.objects.filter(code=code, kind=PaperKind.EXTRACT).first()


def _standing(paper: Paper) -> Standing:
    if paper.withdrawn_at:
        return Standing.WITHDRAWN
    family = next((kinds for kinds in FAMILIES if paper.kind in kinds), ())
    said_at = Coalesce("decision__at", "issued_at")
    later = Paper.objects.annotate(said_at=said_at).filter(
        case=paper.case,
        kind__in=family,
        said_at__gt=paper.decision.at if paper.decision else paper.issued_at,
        withdrawn_at=None,
    )
    return Standing.REPLACED if family and later.exists() else Standing.VALID
