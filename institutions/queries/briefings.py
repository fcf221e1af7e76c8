"""The briefings under an agreement, and who may write one down."""

from datetime import date
from typing import Any

from django.db.models import QuerySet

from accounts.hats import Acting
from accounts.models import User
from accounts.permissions import Permission
from accounts.roles import Role
from institutions.models import Agreement, Briefing
from institutions.queries.representatives import LIVE


def of(deal: Agreement, most: int) -> list[Briefing]:
    """The last of them, with who heard them: two queries."""
    found = deal.briefings.select_related("by").prefetch_related("heard__person")
    return list(found[:most])


def volunteers(ngo_id: int, on: date) -> QuerySet[User, Any]:
    """The volunteers of an NGO on a day, by name."""
    found = User.objects.filter(
        is_active=True,
        memberships__organisation=ngo_id,
        memberships__during__contains=on,
        memberships__role=Role.VOLUNTEER,
    )
    return found.distinct().order_by("family_name", "given_name", "pk")


def may_record(acting: Acting, deal: Agreement) -> bool:
    """Whether whoever acts writes briefings down for the NGO of this agreement."""
    own = acting.organisation is not None and acting.organisation.pk == deal.ngo_id
    return own and acting.may(Permission.COORDINATE) and deal.case.state in LIVE
