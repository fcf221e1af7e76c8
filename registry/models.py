"""The register's nouns: okrugs, districts, kinds of institution, interaction types, procedures.

Types and procedures are versioned by period (half-open): what was in force on a past day
can always be shown as it was, and two versions can never be in force on the same day.
"""

from datetime import date
from typing import Self, TypeVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

M = TypeVar("M", bound=models.Model)


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


class Bilingual(models.Model):
    """Texts of the product's own, kept in both languages: `spoken("name")` is the reader's."""

    class Meta:
        abstract = True

    def spoken(self, field: str) -> str:
        """The field's text in the active language."""
        language = "ru" if (get_language() or "").startswith("ru") else "en"
        return str(getattr(self, f"{field}_{language}"))

    @property
    def name(self) -> str:
        """The name in the active language."""
        return self.spoken("name")


class Okrug(Bilingual):
    """One of Moscow's twelve administrative okrugs."""

    code = models.CharField(max_length=5, unique=True)
    name_ru = models.CharField(max_length=40)
    name_en = models.CharField(max_length=40)
    okato = models.CharField(max_length=8, unique=True)

    def __str__(self) -> str:
        return self.name_ru


class District(models.Model):
    """A district or settlement; its name is a proper name and stays Russian."""

    okrug = models.ForeignKey(Okrug, on_delete=models.PROTECT, related_name="districts")
    name = models.CharField(max_length=60)
    oktmo = models.CharField(max_length=11, unique=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["okrug", "name"], name="district_once_in_okrug")
        ]

    def __str__(self) -> str:
        return self.name


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


class PeriodQuerySet(models.QuerySet[M]):
    """Rows that hold for a period."""

    def in_force(self, on: date) -> Self:
        """Those in force on this day."""
        return self.filter(during__contains=on)


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
