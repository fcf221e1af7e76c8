"""The working calendar that terms are counted by."""

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


class CalendarVersion(models.Model):
    """One state of the calendar: every term names the one it was last counted by."""

    number = models.PositiveIntegerField(primary_key=True)
    at = models.DateTimeField()
    note = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return str(self.number)


class CalendarEdit(models.Model):
    """What a version changed in one day (None: as its weekday is). Append-only: read backwards
    from the calendar of today, it gives the calendar of any version.
    """

    version = models.ForeignKey(CalendarVersion, models.PROTECT, related_name="edits")
    on = models.DateField()
    before = models.BooleanField(null=True)
    after = models.BooleanField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("version", "on"), name="one_edit_of_a_day"),
            models.CheckConstraint(
                condition=~models.Q(before=models.F("after")), name="an_edit_changes_the_day"
            ),
        )

    def __str__(self) -> str:
        return f"{self.version_id}: {self.on}"


class CalendarDay(models.Model):
    """A day that differs from its weekday: a weekday at rest or a weekend day of work."""

    on = models.DateField(primary_key=True)
    year = models.ForeignKey(CalendarYear, models.PROTECT, related_name="days")
    working = models.BooleanField()

    def __str__(self) -> str:
        return f"{self.on}: {'working' if self.working else 'rest'}"
