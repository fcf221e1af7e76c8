"""What a tier demands, and the outcomes recorded of each demand. Never a scan."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from casework.models import Detail
from registry.models import Institution, Tier
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


class Requirement(Bilingual):
    """One demand of a tier and of every tier above it.

    `months` is how long an outcome is valid (none: for good). `two_people`: a second checker
    confirms, without which the outcome does not count.
    """

    code = models.SlugField(unique=True)
    tier = models.CharField(max_length=2, choices=Tier.choices)
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

    class Meta:
        ordering = ("tier", "n")

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
