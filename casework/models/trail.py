"""The audit trail: sixteen chains and their heads."""

from django.db import models


class ChainHead(models.Model):
    """The last link of one of the sixteen audit chains; a cut tail no longer reaches it."""

    chain = models.PositiveSmallIntegerField(primary_key=True)
    seq = models.BigIntegerField()
    h = models.BinaryField()

    def __str__(self) -> str:
        return f"{self.chain}: {self.seq}"


class Entry(models.Model):
    """One line of the audit trail: append-only, chained by its hash, timed by the database.

    It holds ids, names of fields and digests, never what people wrote. `seq`, `at`, `prev`
    and `h` are filled by a trigger; whatever the caller gives for them is replaced.
    """

    chain = models.PositiveSmallIntegerField()
    seq = models.BigIntegerField()
    at = models.DateTimeField()
    actor = models.BigIntegerField(null=True)
    action = models.CharField(max_length=100)
    subject = models.CharField(max_length=100)
    digest = models.CharField(max_length=64, blank=True)
    prev = models.BinaryField()
    h = models.BinaryField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("chain", "seq"), name="one_entry_per_place"),
            models.CheckConstraint(
                condition=models.Q(chain__lt=16), name="there_are_sixteen_chains"
            ),
        )
        # The trail is read newest first: all of it, one person's, one case's, one action's.
        indexes = (
            models.Index(fields=("at", "id"), name="entry_by_time"),
            models.Index(fields=("actor", "at", "id"), name="entry_by_actor"),
            models.Index(fields=("subject", "at", "id"), name="entry_by_subject"),
            models.Index(fields=("action", "at", "id"), name="entry_by_action"),
        )

    def __str__(self) -> str:
        return f"{self.chain}/{self.seq} {self.action}"
