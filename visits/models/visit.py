"""One visit from the wish to the confirmed hours, and each person's part in it."""

from typing import Any

from django.contrib.postgres.fields import DateTimeRangeField
from django.db import models

from accounts.models import User
from casework.models import Detail
from institutions.models import Agreement, Slot
from registry.models import Institution, Ngo, TypeVersion


class Visit(Detail):
    """Who wants to come where, when and for what. `active` while it holds its people's time.

    The database ties institution, NGO, slot and agreement together, so that a visit can never
    point at another institution's slot or at an agreement of other sides.
    """

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    ngo = models.ForeignKey(Ngo, models.PROTECT, related_name="+")
    slot = models.ForeignKey(Slot, models.PROTECT, related_name="visits")
    offered_slot = models.ForeignKey(Slot, models.PROTECT, null=True, related_name="+")
    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="+")
    type_version = models.ForeignKey(TypeVersion, models.PROTECT, related_name="+")
    supervisor = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    during = DateTimeRangeField()
    active = models.BooleanField(default=True)
    programme = models.TextField(blank=True)
    reminded_at = models.DateTimeField(null=True)
    # What the rules have read of it, once for one instance; see `visits.plans`.
    plan: Any = None

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("case", "during", "active"), name="visit_whole"),
        )
        indexes = (models.Index(fields=("institution", "during"), name="visit_by_time"),)

    def __str__(self) -> str:
        return f"{self.institution_id}: {self.during}"


class Participation(models.Model):
    """One person's part: named, declined, here, left, refused or absent.

    `during` and `active` follow the visit by a composite key, so that nobody is in two places.
    """

    class State(models.TextChoices):
        NAMED = "named"
        DECLINED = "declined"
        HERE = "here"
        LEFT = "left"
        REFUSED = "refused"
        ABSENT = "absent"

    visit = models.ForeignKey(Visit, models.PROTECT, related_name="participations")
    volunteer = models.ForeignKey(User, models.PROTECT, related_name="+")
    during = DateTimeRangeField()
    active = models.BooleanField(default=True)
    coming = models.BooleanField(default=True)
    state = models.CharField(max_length=8, choices=State, default=State.NAMED)
    told_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("visit", "volunteer"), name="named_once_in_a_visit"),
            models.CheckConstraint(
                condition=models.Q(
                    state__in=("named", "declined", "here", "left", "refused", "absent")
                ),
                name="participation_state_known",
            ),
        )

    def __str__(self) -> str:
        return f"{self.visit_id}: {self.volunteer_id}"
