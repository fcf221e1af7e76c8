"""An agreement between an NGO and an institution: which types of interaction, when, how much."""

from datetime import date, timedelta
from typing import ClassVar, Self

from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import F, Q

from accounts.models import Organisation, User
from casework.models import Detail
from institutions.models.proposals import Proposal
from institutions.models.states import SIGNED
from registry.models import Institution, Ngo, Type


class AgreementQuerySet(models.QuerySet["Agreement"]):
    """Agreements, by whose they are and when they hold."""

    def of(self, organisation: Organisation) -> Self:
        """Those in which this organisation is a side."""
        return self.filter(Q(institution=organisation.pk) | Q(ngo=organisation.pk))

    def in_force(self, on: date) -> Self:
        """Signed, and this day lies in their term as it now stands."""
        return self.filter(
            Q(ended_on__isnull=True) | Q(ended_on__gte=on),
            case__state__in=SIGNED,
            during__contains=on,
        )


class Agreement(Detail):
    """What two sides agreed; either may offer, the other signs, either ends it."""

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="agreements")
    ngo = models.ForeignKey(Ngo, models.PROTECT, related_name="+")
    during = DateRangeField()
    visits_a_week = models.PositiveSmallIntegerField(default=7)
    people_a_visit = models.PositiveSmallIntegerField(default=5)
    offered_by = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    signed_for_offerer = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    signed_for_other = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    signed_at = models.DateTimeField(null=True)
    ended_on = models.DateField(
        null=True, blank=True, help_text="Its last day, when a side ended it before its term."
    )
    note = models.TextField(blank=True)
    proposal = models.ForeignKey(Proposal, models.PROTECT, null=True, related_name="agreements")
    suspended_through = models.DateField(null=True, blank=True)
    suspended_by = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects: ClassVar[AgreementQuerySet] = AgreementQuerySet.as_manager()  # type: ignore[assignment]  # a manager with its methods

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("institution", "ngo", "case"), name="agreement_of_its_sides"
            ),
            models.CheckConstraint(
                condition=Q(during__isempty=False), name="agreement_has_a_period"
            ),
            models.CheckConstraint(
                condition=Q(during__upper_inf=False, during__lower_inf=False),
                name="agreement_begins_and_ends",
            ),
            models.CheckConstraint(
                condition=Q(signed_for_other__isnull=True)
                | ~Q(signed_for_other=F("signed_for_offerer")),
                name="two_people_sign_an_agreement",
            ),
            models.CheckConstraint(
                condition=Q(visits_a_week__gte=1, people_a_visit__gte=1),
                name="agreement_allows_something",
            ),
        )

    def __str__(self) -> str:
        return f"{self.institution_id} × {self.ngo_id}"

    @property
    def last_on(self) -> date:
        """The last day on which it holds as it now stands."""
        through: date = self.during.upper - timedelta(days=1)
        return min(through, self.ended_on) if self.ended_on else through


class AgreementVersion(models.Model):
    """What one side wrote in the negotiation, as a whole, with the hash of it. Append-only."""

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    side = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    author = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    body = models.JSONField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(
                fields=("agreement", "number"), name="agreement_version_number_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.agreement_id}/{self.number}"


class AgreementType(models.Model):
    """A type of interaction the agreement covers. The database refuses what is not registered,
    does not fit the institution's kind or is not in force.
    """

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="covered")
    type = models.ForeignKey(Type, models.PROTECT, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("agreement", "type"), name="agreement_type_once"),
        )

    def __str__(self) -> str:
        return f"{self.agreement_id}: {self.type_id}"
