"""A slot: one time at one site at which so many people may come."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q

from institutions.models.doors import Door
from registry.models import Institution, Site


class Slot(models.Model):
    """A place and a time. `used` counts the people whose place is held or approved.

    A withdrawn slot takes nobody new; who was promised a place in it keeps the promise.
    """

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    site = models.ForeignKey(Site, models.PROTECT, related_name="+")
    door = models.ForeignKey(Door, models.PROTECT, related_name="slots")
    during = DateTimeRangeField()
    capacity = models.PositiveSmallIntegerField()
    used = models.PositiveSmallIntegerField(default=0)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(used__gte=0, used__lte=F("capacity")), name="slot_never_overfull"
            ),
            models.UniqueConstraint(fields=("institution", "id"), name="slot_of_its_institution"),
            ExclusionConstraint(
                name="one_slot_at_a_time",
                expressions=[
                    ("site", RangeOperators.EQUAL),
                    ("during", RangeOperators.OVERLAPS),
                ],
                condition=Q(withdrawn_at__isnull=True),
            ),
        )
        indexes = (models.Index(fields=("institution", "during"), name="slot_by_time"),)

    def __str__(self) -> str:
        return f"{self.site_id}: {self.during}"

    @property
    def free(self) -> int:
        """How many people may still be named."""
        return self.capacity - self.used
