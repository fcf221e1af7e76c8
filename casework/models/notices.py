"""What people are told: a notice in the product, and its delivery by e-mail (the outbox)."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from casework.models.cases import Case


class Notice(models.Model):
    """One thing told to one person, kept as values; rendered in the reader's language."""

    key = models.CharField(max_length=160, unique=True)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="notices")
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="notices")
    kind = models.CharField(max_length=60)
    values = models.JSONField(default=dict)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (
            models.Index(fields=("person", "-at"), name="notice_inbox"),
            models.Index(
                fields=("person",), condition=Q(read_at__isnull=True), name="notice_unread"
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} → {self.person_id}"


class Delivery(models.Model):
    """A notice on its way out. Claimed with a lease, so that a dead worker loses nothing."""

    class State(models.TextChoices):
        QUEUED = "queued"
        SENDING = "sending"
        SENT = "sent"
        DEAD = "dead"

    notice = models.ForeignKey(Notice, models.PROTECT, related_name="deliveries")
    channel = models.CharField(max_length=10)
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    available_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    trouble = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("notice", "channel"), name="one_delivery_per_channel"),
            models.CheckConstraint(
                condition=Q(state__in=("queued", "sending", "sent", "dead")),
                name="delivery_state_known",
            ),
        )
        indexes = (
            models.Index(
                fields=("available_at",),
                condition=Q(state__in=("queued", "sending")),
                name="delivery_waiting",
            ),
        )

    def __str__(self) -> str:
        return f"{self.notice_id} by {self.channel}: {self.state}"
