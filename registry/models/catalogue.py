"""What exists: kinds of institution, interaction types, procedures.

Types and procedures are versioned by period (half-open): what was in force on a past day
can always be shown as it was, and two versions can never be in force on the same day.
"""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from registry.models.bilingual import Bilingual
from registry.models.periods import PeriodQuerySet


class Risk(models.TextChoices):
    """How much can go wrong with an interaction of this type."""

    LOW = "low", _("low")
    MEDIUM = "medium", _("medium")
    HIGH = "high", _("high")
    VERY_HIGH = "very_high", _("very high")


class Tier(models.TextChoices):
    """How far a person must be cleared."""

    V0 = "V0", _("escorted guest")
    V1 = "V1", _("basic clearance")
    V2 = "V2", _("supervised contact")
    V3 = "V3", _("individual and off-site")
    V4 = "V4", _("guest family")


class Kind(Bilingual):
    """A kind of institution."""

    code = models.CharField(max_length=1, unique=True)
    name_ru = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80)

    def __str__(self) -> str:
        return self.name_ru


class Type(models.Model):
    """An interaction type: a code that never changes; what it means stands in its versions."""

    code = models.CharField(max_length=3, unique=True)

    def __str__(self) -> str:
        return self.code


class TypeVersion(Bilingual):
    """What an interaction type means and demands during a period."""

    type = models.ForeignKey(Type, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    name_ru = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120)
    risk = models.CharField(max_length=9, choices=Risk.choices)
    tier = models.CharField(max_length=2, choices=Tier.choices)
    supervision_ru = models.TextField()
    supervision_en = models.TextField()
    limits_ru = models.TextField()
    limits_en = models.TextField()
    conditions_ru = models.TextField()
    conditions_en = models.TextField()
    kinds = models.ManyToManyField(Kind, related_name="+")
    during = DateRangeField()

    objects = PeriodQuerySet["TypeVersion"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["type", "number"], name="type_version_number_once"),
            models.CheckConstraint(
                condition=Q(risk__in=["low", "medium", "high", "very_high"]),
                name="type_version_risk_known",
            ),
            models.CheckConstraint(
                condition=Q(tier__in=["V0", "V1", "V2", "V3", "V4"]),
                name="type_version_tier_known",
            ),
            models.CheckConstraint(
                condition=Q(during__isempty=False), name="type_version_period_not_empty"
            ),
            ExclusionConstraint(
                name="type_version_one_at_a_time",
                expressions=[
                    (F("type"), RangeOperators.EQUAL),
                    (F("during"), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.type_id}/{self.number}"


class Procedure(models.Model):
    """A procedure, by the code of the interaction type it belongs to."""

    code = models.CharField(max_length=3, unique=True)

    def __str__(self) -> str:
        return self.code


class ProcedureVersion(models.Model):
    """A procedure's steps during a period."""

    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    during = DateRangeField()

    objects = PeriodQuerySet["ProcedureVersion"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["procedure", "number"], name="procedure_version_number_once"
            ),
            models.CheckConstraint(
                condition=Q(during__isempty=False), name="procedure_version_period_not_empty"
            ),
            ExclusionConstraint(
                name="procedure_version_one_at_a_time",
                expressions=[
                    (F("procedure"), RangeOperators.EQUAL),
                    (F("during"), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.procedure_id}/{self.number}"


class ProcedureStep(Bilingual):
    """One step: who does what, and what shows that it was done."""

    version = models.ForeignKey(ProcedureVersion, on_delete=models.PROTECT, related_name="steps")
    n = models.PositiveSmallIntegerField()
    actor_ru = models.CharField(max_length=80)
    actor_en = models.CharField(max_length=80)
    action_ru = models.TextField()
    action_en = models.TextField()
    evidence_ru = models.TextField()
    evidence_en = models.TextField()

    class Meta:
        ordering = ["n"]
        constraints = [
            models.UniqueConstraint(fields=["version", "n"], name="procedure_step_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.version_id}:{self.n}"

    @property
    def name(self) -> str:
        """What is done, in the active language."""
        return self.spoken("action")
