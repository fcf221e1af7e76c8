"""Whom an institution needs: announced for everybody to see, over by its own last day."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import F, Q

from accounts.models import User
from registry.models import Institution, Site, Type


class NeedQuerySet(models.QuerySet["Need"]):
    """Needs, by day."""

    def standing(self, on: date) -> Self:
        """Announced, not taken back, and their last day is not over."""
        return self.filter(withdrawn_at__isnull=True, through_on__gte=on)


class Need(models.Model):
    """One need: for what, how many people, from when until when. Only ever taken back.

    The database refuses a site of another institution.
    """

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="needs")
    site = models.ForeignKey(Site, models.PROTECT, null=True, related_name="+")
    type = models.ForeignKey(Type, models.PROTECT, related_name="+")
    words = models.TextField()
    people = models.PositiveSmallIntegerField()
    from_on = models.DateField()
    through_on = models.DateField()
    published_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    published_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    key = models.CharField(max_length=120, unique=True)

    objects: Any = NeedQuerySet.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(people__gte=1), name="a_need_is_of_somebody"),
            models.CheckConstraint(condition=~Q(words=""), name="a_need_says_what_for"),
            models.CheckConstraint(
                condition=Q(through_on__gte=F("from_on")), name="a_need_ends_after_it_begins"
            ),
        )
        indexes = (
            models.Index(
                fields=("through_on", "id"),
                condition=Q(withdrawn_at__isnull=True),
                name="need_standing",
            ),
        )

    def __str__(self) -> str:
        return f"{self.institution_id}: {self.type_id}"
