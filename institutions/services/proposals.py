"""Writing a proposal before it is sent."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange

from accounts.hats import Acting
from accounts.models import Organisation, User
from casework.engine import CHANGED, NOT_YOURS, open_case, retried
from casework.models import Case
from casework.process import Refused
from institutions.flows import ProposalFlow
from institutions.models import Proposal, ProposalState
from registry.models import Institution, Ngo

DAY = timedelta(days=1)
APART = {"types", "from_on", "through_on"}


@dataclass(frozen=True)
class Draft:
    """What a proposal says; `types` are keys, `through_on` the last day."""

    types: Sequence[int]
    groups: Sequence[str]
    from_on: date
    through_on: date
    visits_a_week: int
    people_a_visit: int
    programme: str
    preparation: str
    experience: str
    needs: str


def write(
    institution: Institution, ngo: Ngo, draft: Draft, *, by: Acting, at: datetime
) -> Proposal:
    """A draft that only its NGO sees. The same said twice is one draft."""
    if by.organisation is None or by.organisation.pk != ngo.pk or not isinstance(by.user, User):
        raise Refused(NOT_YOURS)
    writer = by.user

    def once() -> Proposal:
        # Whoever clicks twice waits here for what the first click has written.
        Organisation.objects.select_for_update(no_key=True).get(pk=ngo.pk)
        if earlier := _twin(institution, ngo, draft, writer):
            return earlier
        proposal = Proposal(institution=institution, ngo=ngo)
        proposal.case = open_case(
            ProposalFlow,
            owner=institution.organisation,
            asker=ngo.organisation,
            at=at,
            by=writer,
        )
        return _keep(proposal, draft)

    return retried(once)


def rewrite(proposal: Proposal, draft: Draft) -> Proposal:
    """Say something else in a draft; raises Refused when it was sent meanwhile."""

    def once() -> Proposal:
        case = Case.objects.select_for_update().get(pk=proposal.pk)
        if case.state != ProposalState.DRAFT:
            raise Refused(CHANGED)
        return _keep(proposal, draft)

    return retried(once)


def _twin(institution: Institution, ngo: Ngo, draft: Draft, writer: User) -> Proposal | None:
    """A draft of this person that says the very same to the same institution."""
    drafts = Proposal.objects.filter(case__state=ProposalState.DRAFT, case__opened_by=writer)
    alike = drafts.filter(institution=institution, ngo=ngo, **_said(draft))
    for one in alike.select_related("case").prefetch_related("types"):
        if {kind.pk for kind in one.types.all()} == set(draft.types):
            return one
    return None


def _keep(proposal: Proposal, draft: Draft) -> Proposal:
    for name, value in _said(draft).items():
        setattr(proposal, name, value)
    proposal.save()
    proposal.types.set(draft.types)
    return proposal


def _said(draft: Draft) -> dict[str, Any]:
    """What a proposal says, by its columns."""
    said = {name: value for name, value in vars(draft).items() if name not in APART}
    return said | {"during": DateRange(draft.from_on, draft.through_on + DAY)}
