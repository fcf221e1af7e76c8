"""How the bank of questions changes, by two people, and how its questions were answered."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from casework.models import Detail
from volunteers.models.test import Attempt, Question, QuestionVersion


class QuestionChange(Detail):
    """A question that somebody of the Department wrote, wrote anew or wants to retire.

    `content` is what is written, as in the bank's file; a retirement has none. `follows` is the
    version that was asked then, `version` what the approval wrote.
    """

    class What(models.TextChoices):
        NEW = "new", _("new question")
        VERSION = "version", _("new version of the question")
        RETIREMENT = "retirement", _("the question is retired")

    class Ground(models.TextChoices):
        LEAKED = "leaked", _("it leaked: its answer goes round")
        OUTDATED = "outdated", _("it is outdated")
        UNCLEAR = "unclear", _("it is unclear or disputed")

    what = models.CharField(max_length=10, choices=What)
    question = models.ForeignKey(Question, models.PROTECT, null=True, related_name="changes")
    follows = models.ForeignKey(QuestionVersion, models.PROTECT, null=True, related_name="+")
    content = models.JSONField(default=dict)
    ground = models.CharField(max_length=10, choices=Ground, blank=True)
    why = models.TextField()
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    version = models.OneToOneField(
        QuestionVersion, models.PROTECT, null=True, related_name="change"
    )

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(what="new", follows__isnull=True)
                | Q(
                    what__in=("version", "retirement"),
                    follows__isnull=False,
                    question__isnull=False,
                ),
                name="question_change_known",
            ),
            models.CheckConstraint(
                condition=Q(what="retirement", ground__in=("leaked", "outdated", "unclear"))
                | (~Q(what="retirement") & Q(ground="")),
                name="question_retired_on_a_ground",
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("proposed_by")),
                name="question_change_by_two_people",
            ),
            models.CheckConstraint(
                condition=Q(version__isnull=True)
                | (Q(approved_by__isnull=False) & ~Q(what="retirement")),
                name="question_written_when_approved",
            ),
        )

    def __str__(self) -> str:
        return f"{self.question or '?'}: {self.what}"


class Marked(models.Model):
    """How one question of a finished try was answered; what the bank's figures are made of.

    `rest` is the share, in percent, of right answers among the other questions of the same try.
    """

    attempt = models.ForeignKey(Attempt, models.CASCADE, related_name="marked")
    version = models.ForeignKey(QuestionVersion, models.PROTECT, related_name="+", db_index=False)
    right = models.BooleanField()
    rest = models.DecimalField(max_digits=5, decimal_places=2)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("attempt", "version"), name="question_marked_once"),
            models.CheckConstraint(condition=Q(rest__range=(0, 100)), name="marked_rest_share"),
        )
        indexes = (
            models.Index(
                fields=("version",), include=("right", "rest"), name="marks_of_a_question"
            ),
        )

    def __str__(self) -> str:
        return f"{self.attempt_id}: {self.version_id}"
