"""More time for the knowledge test: that somebody has it, who gave it, when. Never why."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

PERSON = settings.AUTH_USER_MODEL


class MoreTime(models.Model):
    """Somebody takes the test with more time, from when it was given until it is taken back."""

    person = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    given_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    given_at = models.DateTimeField()
    ended_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("person",), condition=Q(ended_at__isnull=True), name="more_time_once"
            ),
            models.CheckConstraint(
                condition=~Q(person=F("given_by")), name="more_time_given_by_another"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__gte=F("given_at"), ended_by__isnull=False),
                name="more_time_ends_by_somebody",
            ),
        )

    def __str__(self) -> str:
        return f"{self.person_id}: {self.given_at:%Y-%m-%d}"
