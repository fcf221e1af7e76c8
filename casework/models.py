"""The calendar that terms are counted by, the trail of what was done, the worker's pulse."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CalendarYear(models.Model):
    """One year of the working calendar and how sure it is."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    decreed = models.BooleanField()
    source = models.CharField(max_length=200)

    def __str__(self) -> str:
        return str(self.year)

    @property
    def standing(self) -> str:
        """What a page says of this year beside a date counted in it."""
        return str(_("decreed") if self.decreed else _("provisional: not yet decreed"))


class CalendarDay(models.Model):
    """A day that differs from its weekday: a weekday at rest or a weekend day of work."""

    on = models.DateField(primary_key=True)
    year = models.ForeignKey(CalendarYear, models.PROTECT, related_name="days")
    working = models.BooleanField()

    def __str__(self) -> str:
        return f"{self.on}: {'working' if self.working else 'rest'}"


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

    def __str__(self) -> str:
        return f"{self.chain}/{self.seq} {self.action}"


class Heartbeat(models.Model):
    """The last time a worker of one start of the product was seen alive."""

    boot = models.CharField(max_length=64, primary_key=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.boot
