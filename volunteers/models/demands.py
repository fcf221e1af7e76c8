"""From when, and from which tier on, a requirement is asked; and how that is changed."""

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q

from casework.models import Detail
from registry.models import Tier
from volunteers.models.vetting import Requirement

ASKING = (Tier.V1, Tier.V2, Tier.V3)


class Demand(models.Model):
    """A requirement is asked of a tier and of every tier above it during a period (half-open)."""

    requirement = models.ForeignKey(Requirement, models.PROTECT, related_name="demands")
    tier = models.CharField(max_length=2, choices=Tier.choices)
    during = DateRangeField()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(tier__in=[one.value for one in ASKING]), name="demand_of_a_known_tier"
            ),
            models.CheckConstraint(
                condition=Q(during__isempty=False), name="demand_period_not_empty"
            ),
            ExclusionConstraint(
                name="a_requirement_has_one_tier_at_a_time",
                expressions=[
                    (F("requirement"), RangeOperators.EQUAL),
                    (F("during"), RangeOperators.OVERLAPS),
                ],
            ),
        )

    def __str__(self) -> str:
        return f"{self.requirement_id}: {self.tier}"


class RequirementChange(Detail):
    """From a day on, a requirement is asked from this tier on; of nobody where `tier` is empty.

    `demand` is what the approval wrote.
    """

    requirement = models.ForeignKey(Requirement, models.PROTECT, related_name="changes")
    tier = models.CharField(max_length=2, choices=Tier.choices, blank=True)
    from_on = models.DateField()
    act_number = models.CharField(max_length=60)
    act_on = models.DateField()
    why = models.TextField()
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    demand = models.OneToOneField(Demand, models.PROTECT, null=True, related_name="change")

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(tier="") | Q(tier__in=[one.value for one in ASKING]),
                name="requirement_change_of_a_known_tier",
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("proposed_by")),
                name="requirement_change_by_two_people",
            ),
            models.CheckConstraint(
                condition=Q(demand__isnull=True) | (Q(approved_by__isnull=False) & ~Q(tier="")),
                name="requirement_change_written_when_approved",
            ),
            models.CheckConstraint(
                condition=~Q(act_number="") & Q(act_on__lte=F("from_on")),
                name="requirement_change_cites_an_earlier_act",
            ),
        )

    def __str__(self) -> str:
        return f"{self.requirement_id}: {self.tier or 'nobody'} from {self.from_on}"
