"""A change of the working calendar: proposed by one person, confirmed by another."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from casework.models.calendar import CalendarVersion, CalendarYear
from casework.models.cases import Detail


class CalendarChange(Detail):
    """Which days of a year change, by which act, and whether the year is decreed with it.

    `based_on` is the version that whoever proposed had before them. `version` is the one that the
    confirmation wrote; beside it stands what it did: how many terms were counted anew, how many
    of them moved, and how many would have come nearer and stayed.
    """

    # The days it wants, before they are written and once they were read.
    given: dict[date, bool] | None = None
    year = models.ForeignKey(CalendarYear, models.PROTECT, related_name="changes")
    decreed = models.BooleanField()
    based_on = models.ForeignKey(CalendarVersion, models.PROTECT, related_name="+")
    act_number = models.CharField(max_length=60)
    act_on = models.DateField()
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    version = models.OneToOneField(
        CalendarVersion, models.PROTECT, null=True, related_name="change"
    )
    counted = models.PositiveIntegerField(null=True)
    moved = models.PositiveIntegerField(null=True)
    kept = models.PositiveIntegerField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("proposed_by")),
                name="calendar_change_by_two_people",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True, version__isnull=True)
                | Q(
                    confirmed_by__isnull=False,
                    version__isnull=False,
                    counted__isnull=False,
                    moved__isnull=False,
                    kept__isnull=False,
                ),
                name="calendar_change_says_what_it_did",
            ),
            models.CheckConstraint(
                condition=~Q(act_number=""), name="calendar_change_cites_an_act"
            ),
        )

    def __str__(self) -> str:
        return f"{self.year_id}: {self.act_number}"


class ChangedDay(models.Model):
    """One day that a change makes a working day or a day off."""

    change = models.ForeignKey(CalendarChange, models.PROTECT, related_name="days")
    on = models.DateField()
    working = models.BooleanField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("change", "on"), name="one_change_of_a_day"),
        )

    def __str__(self) -> str:
        return f"{self.on}: {'working' if self.working else 'rest'}"
