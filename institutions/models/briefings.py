"""The briefing on risks that an NGO gives its volunteers under an agreement. Append-only."""

from django.db import models
from django.db.models import Q

from accounts.models import User
from institutions.models.agreements import Agreement


class Briefing(models.Model):
    """That it was given: when, about what, to how many. Written down by the NGO, never changed.

    The database refuses a day that is still to come.
    """

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="briefings")
    on = models.DateField()
    topics = models.TextField()
    people = models.PositiveSmallIntegerField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    key = models.CharField(max_length=120, unique=True)

    class Meta:
        ordering = ("-on", "-pk")
        constraints = (
            models.CheckConstraint(condition=Q(people__gte=1), name="somebody_was_briefed"),
            models.CheckConstraint(condition=~Q(topics=""), name="a_briefing_is_about_something"),
        )

    def __str__(self) -> str:
        return f"{self.agreement_id}: {self.on}"


class Briefed(models.Model):
    """Who heard it. The database takes nobody but people of the NGO on that day."""

    briefing = models.ForeignKey(Briefing, models.PROTECT, related_name="heard")
    person = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=("briefing", "person"), name="briefed_once"),)

    def __str__(self) -> str:
        return f"{self.briefing_id}: {self.person_id}"
