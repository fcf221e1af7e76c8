"""What happened at the gate, and the hours that follow from it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from visits.models.visit import Participation


class GateKind(models.TextChoices):
    """What the gate noted."""

    IN = "in", _("let in")
    OUT = "out", _("left")
    REFUSED = "refused", _("not let in")
    ABSENT = "absent", _("did not come")


class GateEvent(models.Model):
    """One note of the gate: append-only; the key makes a second tap or a resend harmless."""

    participation = models.ForeignKey(Participation, models.PROTECT, related_name="gate_events")
    kind = models.CharField(max_length=8, choices=GateKind)
    code = models.CharField(max_length=4, blank=True)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    key = models.CharField(max_length=80, unique=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(kind__in=GateKind.values), name="gate_kind_known"),
            models.CheckConstraint(
                condition=Q(at__lte=models.F("recorded_at")), name="gate_event_not_in_the_future"
            ),
            models.CheckConstraint(
                condition=~Q(kind="refused") | ~Q(code=""), name="gate_refusal_has_a_code"
            ),
            models.UniqueConstraint(
                fields=("participation", "kind"), name="one_gate_event_of_a_kind"
            ),
        )

    def __str__(self) -> str:
        return f"{self.participation_id}: {self.kind}"


class Hours(models.Model):
    """The time somebody gave, confirmed by their NGO, never by themselves."""

    participation = models.OneToOneField(Participation, models.PROTECT, related_name="hours")
    volunteer = models.ForeignKey(User, models.PROTECT, related_name="+")
    minutes = models.PositiveSmallIntegerField()
    confirmed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=~Q(confirmed_by=models.F("volunteer")), name="nobody_confirms_own_hours"
            ),
        )

    def __str__(self) -> str:
        return f"{self.participation_id}: {self.minutes}"
