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


class CalendarDay(models.Model):
    """A day that differs from its weekday: a weekday at rest or a weekend day of work."""

    on = models.DateField(primary_key=True)
    year = models.ForeignKey(CalendarYear, models.PROTECT, related_name="days")
    working = models.BooleanField()

    def __str__(self) -> str:
        return f"{self.on}: {'working' if self.working else 'rest'}"
