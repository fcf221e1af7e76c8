"""The documents of an application: each kind in versions, of which none is ever changed."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from casework.models import Version
from registry.models.applications import Application


class DocumentKind(models.TextChoices):
    """What an NGO hands in with its application (DOMAIN (a))."""

    CHARTER = "charter", _("Charter")
    HEAD = "head", _("Appointment of the head")
    SAFEGUARDING = "safeguarding", _("Policy on protecting children")
    TRAINING = "training", _("Training programme of volunteers")


# Without these an application is not sent.
REQUIRED = (DocumentKind.CHARTER, DocumentKind.SAFEGUARDING, DocumentKind.TRAINING)


class Document(Version):
    """One version of one document of an application."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="documents")
    kind = models.CharField(max_length=20, choices=DocumentKind)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("application", "kind", "number"), name="one_document_per_version"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=DocumentKind.values), name="document_kind_is_known"
            ),
            models.CheckConstraint(condition=Q(number__gt=0), name="document_versions_from_one"),
        )

    def __str__(self) -> str:
        return f"{self.application_id}: {self.kind} {self.number}"

    def get_absolute_url(self) -> str:
        """Where it is opened by those who may see the application."""
        return reverse("document", args=[self.pk])
