"""What comes with a proposal: documents in versions, of which none is ever changed."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from casework.models import Version
from institutions.models.proposals import Proposal


class EnclosureKind(models.TextChoices):
    """What an NGO may attach; a proposal goes without any of it."""

    PROGRAMME = "programme", _("Programme")
    CALCULATION = "calculation", _("Calculation")
    LETTERS = "letters", _("Letters of support")
    OTHER = "other", _("Another document")


class Enclosure(Version):
    """One version of one document of a proposal."""

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="enclosures")
    kind = models.CharField(max_length=20, choices=EnclosureKind)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("proposal", "kind", "number"), name="one_enclosure_per_version"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=EnclosureKind.values), name="enclosure_kind_is_known"
            ),
            models.CheckConstraint(condition=Q(number__gt=0), name="enclosure_versions_from_one"),
        )

    def __str__(self) -> str:
        return f"{self.proposal_id}: {self.kind} {self.number}"

    def get_absolute_url(self) -> str:
        """Where it is opened by those who may see the proposal."""
        return reverse("proposal-document", args=[self.pk])
