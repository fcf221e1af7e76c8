"""What changes about an NGO: the change reported, and what held when."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q

from casework.models import Detail
from registry.models.appeals import Appeal
from registry.models.ngos import Ngo
from registry.models.periods import PeriodQuerySet


class NgoChange(Detail):
    """What an NGO is called and who heads it from a day on, as its head reports it.

    `was` is what the register said when it was sent; `due_on` the last day it was in time.
    """

    ngo = models.ForeignKey(Ngo, models.PROTECT, related_name="changes")
    name = models.CharField(max_length=500)
    short_name = models.CharField(max_length=200)
    form = models.CharField(max_length=200)
    head_name = models.CharField(max_length=200)
    phone = models.CharField(max_length=100, blank=True)
    email = models.EmailField(blank=True)
    site_url = models.CharField(max_length=200, blank=True)
    why = models.TextField()
    since_on = models.DateField()
    due_on = models.DateField()
    late = models.BooleanField(default=False)
    was = models.JSONField(default=dict)
    closed_at = models.DateTimeField(null=True)
    appeal = models.OneToOneField(Appeal, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("ngo",), condition=Q(closed_at=None), name="one_open_change_of_an_ngo"
            ),
        )

    def __str__(self) -> str:
        return f"{self.case_id}: {self.ngo_id}"


class NgoFact(models.Model):
    """What an NGO was called and who headed it during a period, once something has changed.

    The last row has no end: the next change closes it, and no day ever belongs to two.
    """

    ngo = models.ForeignKey(Ngo, models.PROTECT, related_name="facts")
    name = models.CharField(max_length=500)
    short_name = models.CharField(max_length=200)
    form = models.CharField(max_length=200, blank=True)
    head_name = models.CharField(max_length=200, blank=True)
    during = DateRangeField()

    objects = PeriodQuerySet["NgoFact"].as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(during__isempty=False), name="ngo_fact_period_not_empty"
            ),
            ExclusionConstraint(
                name="ngo_fact_one_at_a_time",
                expressions=[
                    (F("ngo"), RangeOperators.EQUAL),
                    (F("during"), RangeOperators.OVERLAPS),
                ],
            ),
        )

    def __str__(self) -> str:
        return f"{self.ngo_id}: {self.during}"
