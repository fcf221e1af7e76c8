"""A volunteer: a profile beside the user."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from accounts.hats import Acting
from accounts.models import Membership, Organisation, User
from accounts.permissions import Permission
from accounts.roles import OrganisationKind, Role
from institutions.models import Agreement


def ngos_of(person_id: int, on: date) -> models.QuerySet[Organisation]:
    """The NGOs in which somebody volunteers on this day."""
    memberships = Membership.objects.filter(
        person=person_id, role=Role.VOLUNTEER, during__contains=on
    )
    return Organisation.objects.filter(pk__in=memberships.values("organisation")).order_by("pk")


class VolunteerQuerySet(models.QuerySet["Volunteer"]):
    """Volunteers, by who may see them."""

    def of_ngo(self, organisation_id: int, on: date) -> Self:
        """Those whose membership in this NGO is in force."""
        return self._of(Q(organisation=organisation_id), on)

    def visible_to(self, who: Acting, on: date) -> Self:
        """An NGO sees its own, a checker of the Department all, an institution its partners'."""
        if who.organisation is None:
            return self.none()
        kind, key = who.organisation.kind, who.organisation.pk
        if kind == OrganisationKind.DEPARTMENT and who.may(Permission.CHECK_PEOPLE):
            return self.all()
        if kind == OrganisationKind.NGO and who.may(Permission.COORDINATE):
            return self.of_ngo(key, on)
        if kind == OrganisationKind.INSTITUTION and who.may(Permission.ANSWER_VISITS):
            partners = Agreement.objects.filter(
                Q(ended_on=None) | Q(ended_on__gt=on),
                institution=key,
                signed_at__isnull=False,
                during__contains=on,
            )
            return self._of(Q(organisation__in=partners.values("ngo")), on)
        return self.none()

    def _of(self, organisation: Q, on: date) -> Self:
        memberships = Membership.objects.filter(
            organisation,
            person=OuterRef("person"),
            role=Role.VOLUNTEER,
            during__contains=on,
        )
        return self.filter(Exists(memberships))


class Volunteer(models.Model):
    """Somebody who comes to help. Where else they volunteer is told to nobody."""

    person = models.OneToOneField(User, models.PROTECT, primary_key=True, related_name="volunteer")
    born_on = models.DateField(null=True, blank=True)
    phone = models.CharField(max_length=100, blank=True)
    languages = models.JSONField(default=list, blank=True)
    experience = models.TextField(blank=True)

    objects = VolunteerQuerySet.as_manager()

    def __str__(self) -> str:
        return str(self.person)

    def age_on(self, on: date) -> int | None:
        """Whole years on this day; None when the birthday is not known."""
        if self.born_on is None:
            return None
        before = (on.month, on.day) < (self.born_on.month, self.born_on.day)
        return on.year - self.born_on.year - before
