"""Who answers for each side of an agreement, and who could."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from accounts.hats import Acting
from accounts.models import Organisation, User
from accounts.permissions import Permission
from accounts.roles import OrganisationKind
from casework.parties import holders
from institutions.models import Agreement, AgreementState, Representative

# While it is offered and while it holds, whoever answers for a side may be named.
LIVE = (
    AgreementState.OFFERED,
    AgreementState.ACTIVE,
    AgreementState.SUSPENDED,
    AgreementState.ENDING,
)
SPEAKING = {
    OrganisationKind.INSTITUTION: Permission.ANSWER_VISITS,
    OrganisationKind.NGO: Permission.COORDINATE,
}
NAMING = (Permission.LEAD, Permission.DIRECT, Permission.ANSWER_VISITS)


@dataclass(frozen=True)
class Side:
    """One side of an agreement and who answers for it; nobody until somebody is named."""

    organisation: Organisation
    representative: Representative | None

    @property
    def person(self) -> User | None:
        """Who answers."""
        return self.representative.person if self.representative else None


def sides(deal: Agreement, on: date) -> list[Side]:
    """Both sides of an agreement that came with them: one query."""
    standing: Iterable[Any] = deal.representatives.standing(on).select_related("person")
    named = {one.side_id: one for one in standing}
    both = (deal.institution.organisation, deal.ngo.organisation)
    return [Side(one, named.get(one.pk)) for one in both]


def possible(side: Organisation, on: date) -> QuerySet[User, Any]:
    """Who may answer for a side: whoever receives visitors, or speaks for the NGO."""
    roles = holders(SPEAKING[OrganisationKind(side.kind)])
    here = Q(memberships__organisation=side, memberships__during__contains=on)
    found = User.objects.filter(here, memberships__role__in=roles, is_active=True)
    return found.distinct().order_by("family_name", "given_name", "pk")


def may_name(acting: Acting, deal: Agreement) -> bool:
    """Whether whoever acts names the representative of their side of this agreement."""
    if deal.case.state not in LIVE or acting.organisation is None:
        return False
    own = acting.organisation.pk in (deal.institution_id, deal.ngo_id)
    return own and any(acting.may(one) for one in NAMING)
