"""What the Department keeps of its own: readings of the audit trail, requests about data."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casework.models import Case, Detail


class Verification(models.Model):
    """One reading of the whole audit trail and what it found. Append-only.

    `by` is empty when nobody asked and the daily task did it; the place of the first broken
    entry is kept when the trail does not hold.
    """

    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    entries = models.BigIntegerField()
    ok = models.BooleanField()
    broken_chain = models.PositiveSmallIntegerField(null=True)
    broken_seq = models.BigIntegerField(null=True)
    reason = models.CharField(max_length=100, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(ok=True, broken_chain=None, broken_seq=None, reason="")
                | Q(ok=False, broken_chain__isnull=False, broken_seq__isnull=False) & ~Q(reason=""),
                name="verification_names_the_broken_place",
            ),
        )
        indexes = (models.Index(fields=("-at", "-id"), name="verification_newest"),)

    def __str__(self) -> str:
        return f"{self.at}: {'holds' if self.ok else self.reason}"


class HandOn(models.Model):
    """The Department has seen that nobody can decide a case, and wrote to its organisation.

    At most once a day for each case.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    on = models.DateField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    told = models.PositiveIntegerField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("case", "on"), name="handed_on_once_a_day"),)

    def __str__(self) -> str:
        return f"{self.case_id}: {self.on}"


class Asked(models.TextChoices):
    """What somebody asks to be done with the data about themselves."""

    CORRECT = "correct", _("Correct what is wrong")
    ERASE = "erase", _("Erase everything about me")


class DataRequest(Detail):
    """A person asks to have their own data corrected or erased; somebody else carries it out.

    `wanted` holds the new values of a correction by the names of their fields; `words` and
    `wanted` are emptied when the person's data are.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    what = models.CharField(max_length=8, choices=Asked)
    words = models.TextField(blank=True)
    wanted = models.JSONField(default=dict, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(what__in=Asked.values), name="data_request_asks_what_is_known"
            ),
            models.CheckConstraint(
                condition=Q(what=Asked.CORRECT) | Q(wanted={}), name="an_erasure_wants_no_values"
            ),
        )

    def __str__(self) -> str:
        return f"{self.case_id}: {self.what}"
