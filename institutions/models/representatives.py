"""Who answers for each side under an agreement."""

from datetime import date
from typing import Any, Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q

from accounts.models import Organisation, User
from institutions.models.agreements import Agreement


class RepresentativeQuerySet(models.QuerySet["Representative"]):
    """Representatives, by day."""

    def standing(self, on: date) -> Self:
        """Those who answer on this day."""
        return self.filter(withdrawn_at__isnull=True, during__contains=on)


class Representative(models.Model):
    """One person of one side, from a day on until another is named: one at a time.

    Whoever was named and replaced on the same day never answered: that row is withdrawn. The
    database takes only the two sides and their own people.
    """

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="representatives")
    side = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    person = models.ForeignKey(User, models.PROTECT, related_name="+")
    during = DateRangeField()
    named_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    named_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    objects: Any = RepresentativeQuerySet.as_manager()

    class Meta:
        constraints = (
            ExclusionConstraint(
                name="one_representative_of_a_side_at_a_time",
                expressions=[
                    ("agreement", RangeOperators.EQUAL),
                    ("side", RangeOperators.EQUAL),
                    ("during", RangeOperators.OVERLAPS),
                ],
                condition=Q(withdrawn_at__isnull=True),
            ),
            models.CheckConstraint(
                condition=Q(during__isempty=False, during__lower_inf=False),
                name="a_representative_answers_from_a_day_on",
            ),
        )

    def __str__(self) -> str:
        return f"{self.agreement_id}: {self.person_id}"
