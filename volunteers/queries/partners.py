"""With which institutions an NGO works; the Department."""

from django.db.models import Q

from accounts.models import Organisation
from accounts.roles import OrganisationKind
from institutions.models import Agreement


def partners_of(ngo_id: int) -> Q:
    """Outcomes that an NGO may read: what holds everywhere, and what its partners asked."""
    partners = Agreement.objects.filter(ngo=ngo_id).values("institution")
    return Q(institution=None) | Q(institution__in=partners) | Q(case__asker=ngo_id)


def the_department() -> Organisation | None:
    """The Department; none before the product is set up."""
    return Organisation.objects.filter(kind=OrganisationKind.DEPARTMENT).order_by("pk").first()
