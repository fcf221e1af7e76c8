"""The knowledge test: the bank of questions, the tries people make, the answers they give.

A version of a question never changes, a finished try neither: the database refuses it.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from registry.models import Bilingual, Tier

TESTED_TIERS = (Tier.V1, Tier.V2, Tier.V3)


class Topic(models.TextChoices):
    """What a question is about; every paper asks about each."""

    RIGHTS = "rights", _("Rights and confidentiality")
    ATTACHMENT = "attachment", _("Attachment and continuity")
    DISABILITY = "disability", _("Trauma, disability and communication")
    BOUNDARIES = "boundaries", _("Boundaries, gifts, photographs, social media")
    FORBIDDEN = "forbidden", _("What a volunteer never does")
    HYGIENE = "hygiene", _("Hygiene and illness")
    EMERGENCY = "emergency", _("Fire, injury and 112")
    REPORTING = "reporting", _("Noticing abuse and reporting it")
    OUTING = "outing", _("Outside the gate; a missing child")
    ROUTINE = "routine", _("The routine of the house")
    COMPLAINTS = "complaints", _("Complaints, neighbours, feedback")
    ELDERS = "elders", _("Elderly and adult residents")


class Question(models.Model):
    """A question by its code, which is never used again; its words stand in its versions."""

    code = models.CharField(max_length=30, unique=True)
    topic = models.CharField(max_length=20, choices=Topic)
    mandatory = models.BooleanField()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(topic__in=Topic.values), name="question_topic_known"
            ),
        )

    def __str__(self) -> str:
        return self.code


class QuestionVersion(Bilingual):
    """The words of a question; `options` holds `text_ru`, `text_en`, `correct` for each."""

    question = models.ForeignKey(Question, models.PROTECT, related_name="versions")
    n = models.PositiveSmallIntegerField()
    tiers = ArrayField(models.CharField(max_length=2))
    types = ArrayField(models.CharField(max_length=3), default=list)
    difficulty = models.PositiveSmallIntegerField()
    text_ru = models.TextField()
    text_en = models.TextField()
    options = models.JSONField()
    multiple = models.BooleanField()
    explanation_ru = models.TextField()
    explanation_en = models.TextField()
    source = models.CharField(max_length=100)
    retired_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("question", "n"), name="question_version_once"),
            models.UniqueConstraint(
                fields=("question",),
                condition=Q(retired_on__isnull=True),
                name="one_version_asked_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(difficulty__range=(1, 3)), name="difficulty_is_one_to_three"
            ),
            models.CheckConstraint(
                condition=Q(tiers__contained_by=list(TESTED_TIERS), tiers__len__gt=0),
                name="question_tiers_known",
            ),
        )

    def __str__(self) -> str:
        return f"{self.question_id}/{self.n}"

    @property
    def name(self) -> str:
        """The question in the reader's language."""
        return self.spoken("text")

    @property
    def key(self) -> list[bool]:
        """Which options are right, in the bank's order."""
        return [option["correct"] for option in self.options]

    def options_spoken(self, order: Sequence[int]) -> list[str]:
        """The options in this order, in the reader's language."""
        text = "text_ru" if (get_language() or "").startswith("ru") else "text_en"
        return [self.options[n][text] for n in order]


class AttemptQuerySet(models.QuerySet["Attempt"]):
    """Tries at the test."""

    def visible_to(self, person: User) -> Self:
        """A person sees their own tries and nobody else's."""
        return self.filter(person=person)

    def under_way(self) -> Self:
        """Those not finished yet."""
        return self.filter(finished_at__isnull=True)

    def finished(self) -> Self:
        """Those marked."""
        return self.filter(finished_at__isnull=False)


class Attempt(models.Model):
    """One try: the paper drawn from the seed, its time, and its result once it is finished.

    `paper` is a list of [question version, [option shown first, second, ...]]; it speaks no
    language, so a reader may change theirs midway. `share` is in percent.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    tier = models.CharField(max_length=2, choices=Tier)
    seed = models.BigIntegerField()
    paper = models.JSONField()
    rulebook = models.PositiveIntegerField(null=True)
    started_at = models.DateTimeField()
    deadline_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    score = models.PositiveSmallIntegerField(null=True, blank=True)
    share = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    passed = models.BooleanField(null=True, blank=True)
    failed_mandatory = models.BooleanField(default=False)

    objects = AttemptQuerySet.as_manager()

    class Meta:
        indexes = (models.Index(fields=("person", "started_at"), name="attempts_of_a_person"),)
        constraints = (
            models.UniqueConstraint(
                fields=("person",),
                condition=Q(finished_at__isnull=True),
                name="one_attempt_under_way",
            ),
            models.CheckConstraint(
                condition=Q(tier__in=TESTED_TIERS), name="attempt_tier_is_tested"
            ),
            models.CheckConstraint(
                condition=Q(deadline_at__gt=F("started_at")), name="attempt_has_time"
            ),
            models.CheckConstraint(
                condition=Q(finished_at__isnull=True)
                | Q(finished_at__gte=F("started_at"), finished_at__lte=F("deadline_at")),
                name="attempt_ends_in_its_time",
            ),
            models.CheckConstraint(
                condition=Q(
                    finished_at__isnull=True,
                    score__isnull=True,
                    share__isnull=True,
                    passed__isnull=True,
                    failed_mandatory=False,
                )
                | Q(
                    finished_at__isnull=False,
                    score__isnull=False,
                    share__range=(0, 100),
                    passed__isnull=False,
                ),
                name="attempt_is_marked_when_finished",
            ),
            models.CheckConstraint(
                condition=Q(passed__isnull=True) | Q(passed=False) | Q(failed_mandatory=False),
                name="a_pass_fails_nothing_mandatory",
            ),
        )

    def __str__(self) -> str:
        return f"{self.person_id}, {self.tier}, {self.started_at:%Y-%m-%d}"

    def is_out_of_time(self, at: datetime) -> bool:
        """Whether answers are no longer taken."""
        return at > self.deadline_at


class Answer(models.Model):
    """What was chosen at one place of a paper: places of options as shown, from 0; empty: none."""

    attempt = models.ForeignKey(Attempt, models.CASCADE, related_name="answers")
    n = models.PositiveSmallIntegerField()
    chosen = ArrayField(models.PositiveSmallIntegerField(), default=list)
    saved_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("attempt", "n"), name="one_answer_per_question"),
            models.CheckConstraint(condition=Q(n__gte=1), name="questions_count_from_one"),
        )

    def __str__(self) -> str:
        return f"{self.attempt_id}/{self.n}"
