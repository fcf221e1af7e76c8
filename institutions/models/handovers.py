"""A handover: what a new director takes over from the one before, item by item."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership, User
from casework.models import Case, Detail
from registry.models import Institution


class HandoverState(models.TextChoices):
    """Where a handover stands."""

    DRAFT = "draft", _("being put together")
    OPEN = "open", _("handed over, not yet accepted")
    ACCEPTED = "accepted", _("taken over")
    REPLACED = "replaced", _("passed on to the next director")


class ItemKind(models.TextChoices):
    """What is handed over, in the order of the pack."""

    CASE = "case", _("Cases that wait for the director")
    CLOCK = "clock", _("Terms that run in the institution")
    AGREEMENT = "agreement", _("Agreements")
    MODE = "mode", _("The door and closures")
    PROMISE = "promise", _("What was promised")


class Answer(models.TextChoices):
    """What the new director said of an item."""

    PENDING = "pending", _("not answered yet")
    CONFIRMED = "confirmed", _("confirmed")
    ALTERED = "altered", _("to be altered")


class Handover(Detail):
    """From one director to the next. One for each membership that begins after another's end."""

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="handovers")
    membership = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    from_person = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    to_person = models.ForeignKey(User, models.PROTECT, related_name="+")
    started_on = models.DateField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("membership",), name="one_handover_of_a_membership"),
            models.CheckConstraint(
                condition=Q(from_person__isnull=True) | ~Q(from_person=models.F("to_person")),
                name="handover_between_two_people",
            ),
        )

    def __str__(self) -> str:
        return f"{self.institution_id}: {self.from_person_id} > {self.to_person_id}"


class HandoverItem(models.Model):
    """One thing that stays in force, as it stood when the pack was put together.

    `facts` are in no language. The answer changes nothing by itself; an item is never removed.
    """

    handover = models.ForeignKey(Handover, models.PROTECT, related_name="items")
    kind = models.CharField(max_length=10, choices=ItemKind)
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="+")
    facts = models.JSONField()
    answer = models.CharField(max_length=10, choices=Answer, default=Answer.PENDING)
    reason = models.TextField(blank=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    objects: ClassVar[Any] = models.Manager()

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(
                condition=Q(kind__in=ItemKind.values), name="handover_item_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(answer="pending", answered_by=None, answered_at=None)
                | Q(
                    answer__in=("confirmed", "altered"),
                    answered_by__isnull=False,
                    answered_at__isnull=False,
                ),
                name="handover_item_answered_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(answer="altered") | ~Q(reason=""),
                name="handover_item_altered_for_a_reason",
            ),
        )

    def __str__(self) -> str:
        return f"{self.handover_id}: {self.kind}"
