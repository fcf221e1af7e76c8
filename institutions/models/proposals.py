"""A proposal of cooperation, and what the founder makes of a refusal."""

from datetime import date, timedelta
from typing import ClassVar, Self

from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from casework.models import Detail
from institutions.models.states import ProposalState
from registry.models import Institution, Ngo, Type

ONE_DAY = timedelta(days=1)


class Group(models.TextChoices):
    """Whom a proposal is meant for."""

    SMALL = "small", _("children up to 6")
    CHILDREN = "children", _("children from 7 to 11")
    TEENS = "teens", _("teenagers from 12 to 17")
    FAMILIES = "families", _("families with children")
    ADULTS = "adults", _("adults")
    ELDERLY = "elderly", _("the elderly")


class ProposalQuerySet(models.QuerySet["Proposal"]):
    """Proposals, by whose they are."""

    def of(self, organisation: Organisation) -> Self:
        """Those it wrote, and those it received."""
        received = Q(institution=organisation.pk) & ~Q(case__state=ProposalState.DRAFT)
        kept = self.exclude(case__state=ProposalState.DISCARDED)
        return kept.filter(Q(ngo=organisation.pk) | received)


class Proposal(Detail):
    """What an NGO proposes to an institution (decree 1425: works, dates, volumes, preparation,
    experience), and on which conditions it was accepted.
    """

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="proposals")
    ngo = models.ForeignKey(Ngo, models.PROTECT, related_name="+")
    types = models.ManyToManyField(Type, related_name="+")
    groups = models.JSONField(default=list)
    during = DateRangeField()
    visits_a_week = models.PositiveSmallIntegerField()
    people_a_visit = models.PositiveSmallIntegerField()
    programme = models.TextField()
    preparation = models.TextField()
    experience = models.TextField()
    needs = models.TextField(blank=True)
    asked = models.TextField(blank=True)
    supplied = models.TextField(blank=True)
    conditions = models.JSONField(default=dict)

    objects: ClassVar[ProposalQuerySet] = ProposalQuerySet.as_manager()  # type: ignore[assignment]  # a manager with its methods

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(
                    during__isempty=False, during__upper_inf=False, during__lower_inf=False
                ),
                name="proposal_begins_and_ends",
            ),
            models.CheckConstraint(
                condition=Q(visits_a_week__gte=1, people_a_visit__gte=1),
                name="proposal_proposes_something",
            ),
        )

    def __str__(self) -> str:
        return f"{self.ngo_id} → {self.institution_id}"

    @property
    def last_on(self) -> date:
        """The last day proposed."""
        through: date = self.during.upper - ONE_DAY
        return through


class FounderReview(Detail):
    """A refusal before the founder: sent there by the NGO, or by the director on ground R9."""

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="reviews")
    grounds = models.TextField()
    asked = models.TextField(blank=True)
    supplied = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"{self.case_id}: {self.proposal_id}"
