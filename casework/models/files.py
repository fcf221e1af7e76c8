"""A file somebody handed in: what it is, and its hash, under which its bytes lie in a folder."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class MediaType(models.TextChoices):
    """What is taken in, and nothing else."""

    PDF = "application/pdf", _("PDF")
    JPEG = "image/jpeg", _("JPEG")
    PNG = "image/png", _("PNG")


class File(models.Model):
    """One handing in: append-only, so that what a decision rested on stays what it was.

    `sha256` is of the bytes that are kept; `name` is only shown, no path is made from it.
    """

    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    media_type = models.CharField(max_length=40, choices=MediaType)
    name = models.CharField(max_length=200)
    owner = models.ForeignKey("accounts.Organisation", models.PROTECT, related_name="+")
    uploaded_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(media_type__in=MediaType.values), name="file_type_is_known"
            ),
            models.CheckConstraint(condition=Q(size__gt=0), name="file_is_not_empty"),
            models.CheckConstraint(
                condition=Q(sha256__regex="^[0-9a-f]{64}$"), name="file_hash_is_whole"
            ),
        )
        indexes = (
            models.Index(fields=("sha256",), name="file_by_hash"),
            models.Index(fields=("owner", "uploaded_at"), name="file_by_owner"),
        )

    def __str__(self) -> str:
        return self.name


class Version(models.Model):
    """One version of one document of a case; a newer file is another, and the older ones stay."""

    kind = models.CharField(max_length=20)
    number = models.PositiveSmallIntegerField()
    file = models.ForeignKey(File, models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    added_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")

    class Meta:
        abstract = True
