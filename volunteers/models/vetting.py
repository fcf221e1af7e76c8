"""What a tier demands, and the outcomes recorded of each demand. Never a scan."""

from datetime import date
from typing import Self

from django.db import models
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from casework.models import Detail
from registry.models import Institution
from registry.models.bilingual import Bilingual

# Requirements that some rule knows by their code.
IDENTITY, CONSENT, CONDUCT, PARENT, INDUCTION = (
    "identity",
    "consent",
    "conduct",
    "parent",
    "induction",
)
RECORD, FLUOROGRAPHY, MEDICAL, TEST = "record", "fluorography", "medical", "test"
REFERENCES, INTERVIEW, EXPERIENCE, TRUST = "references", "interview", "experience", "trust"


class CheckedBy(models.TextChoices):
    """Who records the outcome of a requirement."""

    SELF = "self", _("the volunteer")
    NGO = "ngo", _("the NGO")
    INSTITUTION = "institution", _("the institution")
    DEPARTMENT = "department", _("the Department")
    SYSTEM = "system", _("the system")


class RequirementQuerySet(models.QuerySet["Requirement"]):
    """Requirements, by when they are asked."""

    def asked(self, first_on: date, last_on: date | None) -> Self:
        """Those asked on any of these days (None: from then on), each with its `tier` and `during`.

        One whose tier changes meanwhile is there once for each.
        """
        known = self.annotate(tier=F("demands__tier"), during=F("demands__during"))
        days = DateRange(first_on, last_on, "[]" if last_on else "[)")
        return known.filter(during__overlap=days).order_by("tier", "n")


class Requirement(Bilingual):
    """Something that is checked of a person; its demands say from when, and from which tier on.

    `months` is how long an outcome is valid (none: for good). `two_people`: a second checker
    confirms, without which the outcome does not count.
    """

    # From its demand: there where it was read by `asked`.
    tier: str
    during: DateRange

    code = models.SlugField(unique=True)
    n = models.PositiveSmallIntegerField()
    checked_by = models.CharField(max_length=11, choices=CheckedBy)
    per_institution = models.BooleanField(default=False)
    two_people = models.BooleanField(default=False)
    months = models.PositiveSmallIntegerField(null=True)
    name_ru = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120)
    why_ru = models.TextField()
    why_en = models.TextField()
    how_ru = models.TextField()
    how_en = models.TextField()

    objects = RequirementQuerySet.as_manager()

    def __str__(self) -> str:
        return self.code


class Outcome(Detail):
    """What a check came to: passed or not, the paper's number (sealed) and date, who checked.

    The case's state says whether it counts: only `valid` does.
    """

    volunteer = models.ForeignKey(User, models.PROTECT, related_name="+")
    requirement = models.ForeignKey(Requirement, models.PROTECT, related_name="outcomes")
    institution = models.ForeignKey(Institution, models.PROTECT, null=True, related_name="+")
    passed = models.BooleanField(default=True)
    number_sealed = models.BinaryField(default=bytes)
    on = models.DateField()
    valid_through = models.DateField(null=True)
    checker = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    second = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    counts = models.BooleanField(default=False)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(checker__isnull=True) | ~Q(checker=F("volunteer")),
                name="nobody_checks_themselves",
            ),
            models.CheckConstraint(
                condition=Q(second__isnull=True)
                | (~Q(second=F("checker")) & ~Q(second=F("volunteer"))),
                name="the_second_checker_is_another",
            ),
            models.CheckConstraint(
                condition=Q(valid_through__isnull=True) | Q(valid_through__gte=F("on")),
                name="outcome_valid_after_its_date",
            ),
        )
        indexes = (
            models.Index(
                fields=("volunteer", "requirement"),
                condition=Q(counts=True),
                name="outcome_that_counts",
            ),
            models.Index(
                fields=("valid_through",), condition=Q(counts=True), name="outcome_expiring"
            ),
        )

    def __str__(self) -> str:
        return f"{self.volunteer_id}: {self.requirement_id}"


class Experience(models.Model):
    """A visit somebody made, as clearance counts it; written by the floor above when one closes."""

    volunteer = models.ForeignKey(User, models.PROTECT, related_name="+")
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    on = models.DateField()
    source = models.SlugField(unique=True)

    class Meta:
        indexes = (models.Index(fields=("volunteer", "institution"), name="experience_there"),)

    def __str__(self) -> str:
        return self.source
