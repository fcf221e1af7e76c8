"""An absence: who is away from an organisation on which days, and who stands in."""

from datetime import date, timedelta
from typing import Any, Self

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q

from accounts.models import Membership, Organisation


class AbsenceQuerySet(models.QuerySet["Absence"]):
    """Absences, by day."""

    def on(self, day: date) -> Self:
        """Those that cover this day."""
        return self.filter(during__contains=day)

    def ahead(self, day: date) -> Self:
        """Those that are not over by this day, the nearest first."""
        return self.filter(Q(during__contains=day) | Q(during__startswith__gt=day)).order_by(
            "during", "pk"
        )


class Absence(models.Model):
    """Somebody is away: a fact with dates. Nobody is locked out by it; the lists know of it."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    during = DateRangeField()
    deputy = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()

    objects: Any = AbsenceQuerySet.as_manager()

    class Meta:
        constraints = (
            ExclusionConstraint(
                name="away_once_at_a_time",
                expressions=[
                    ("person", RangeOperators.EQUAL),
                    ("organisation", RangeOperators.EQUAL),
                    ("during", RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(
                condition=Q(during__lower_inf=False, during__upper_inf=False),
                name="absence_begins_and_ends",
            ),
        )

    def __str__(self) -> str:
        return f"{self.person_id}: {self.during}"

    @property
    def last_on(self) -> date:
        """The last day of it."""
        last: date = self.during.upper - timedelta(days=1)
        return last
