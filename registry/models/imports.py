"""What came in from files: each file once as a batch, each of its rows with what became of it."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.hats import Acting
from accounts.models import Organisation


class BatchState(models.TextChoices):
    """How far a file has come."""

    READY = "ready", _("Read, nothing written yet")
    QUEUED = "queued", _("Waiting to be written")
    APPLYING = "applying", _("Being written")
    DONE = "done", _("Written completely")
    REFUSED = "refused", _("File refused")


UNDER_WAY = (BatchState.QUEUED, BatchState.APPLYING)


class Outcome(models.TextChoices):
    """What becomes of a row."""

    CREATED = "created", _("created")
    UPDATED = "updated", _("updated")
    UNCHANGED = "unchanged", _("unchanged")
    REJECTED = "rejected", _("not taken")


class ImportBatchQuerySet(models.QuerySet["ImportBatch"]):
    """Batches by who may see them and what is left to do."""

    def visible_to(self, who: Acting) -> Self:
        """Those of the organisation somebody acts for."""
        return self.filter(owner=who.organisation) if who.organisation else self.none()

    def under_way(self) -> Self:
        """Those that somebody asked to write and that are not written to the end."""
        return self.filter(state__in=UNDER_WAY)


class ImportBatch(models.Model):
    """One file: kept until every row of it is written, then only its name and digest."""

    kind = models.CharField(max_length=20, help_text="Which importer reads and writes it.")
    owner = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    progressed_at = models.DateTimeField()
    file_name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField()
    state = models.CharField(max_length=8, choices=BatchState, default=BatchState.READY)
    refusal = models.TextField(blank=True)
    total = models.PositiveIntegerField(default=0)
    done_rows = models.PositiveIntegerField(default=0)
    created = models.PositiveIntegerField(default=0)
    updated = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)

    objects = ImportBatchQuerySet.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(state__in=BatchState.values), name="import_batch_state_known"
            ),
            models.CheckConstraint(
                condition=Q(done_rows__lte=models.F("total")), name="import_batch_not_overdone"
            ),
        )
        indexes = (
            models.Index(
                fields=("progressed_at",),
                name="import_batch_under_way",
                condition=Q(state__in=["queued", "applying"]),
            ),
        )

    def __str__(self) -> str:
        return self.file_name

    @property
    def rejected(self) -> int:
        """How many of the rows written so far could not be taken."""
        return self.done_rows - self.created - self.updated - self.unchanged


class ImportRow(models.Model):
    """One row of a batch: the origin of what it created or changed."""

    batch = models.ForeignKey(ImportBatch, models.PROTECT, related_name="rows")
    position = models.PositiveIntegerField(help_text="The order of writing, from 1.")
    sheet = models.CharField(max_length=255)
    n = models.PositiveIntegerField(null=True, help_text="The row's own number, if it has one.")
    line = models.PositiveIntegerField(help_text="The line of the sheet or file, from 1.")
    outcome = models.CharField(max_length=9, choices=Outcome)
    reason_code = models.CharField(max_length=40, blank=True)
    reason = models.TextField(blank=True)
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    was = models.JSONField(default=dict, blank=True)
    becomes = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ("position",)
        constraints = (
            models.UniqueConstraint(fields=("batch", "position"), name="import_row_once"),
            models.CheckConstraint(
                condition=Q(outcome__in=Outcome.values), name="import_row_outcome_known"
            ),
        )

    def __str__(self) -> str:
        return f"{self.batch_id}: {self.sheet}, {self.n or self.line}"
