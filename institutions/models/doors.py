"""Guest mode: how open a site is, from when, with which windows; closures are its lowest level."""

from datetime import date, timedelta
from typing import Any, ClassVar, Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from casework.models import Detail
from institutions.models.states import PUBLISHED
from registry.models import Institution, Site, Type

ONE_DAY = timedelta(days=1)


class Level(models.TextChoices):
    """How open a site is; each level is drawn as a door."""

    SHUT = "shut", _("closed by order")
    AJAR = "ajar", _("by request")
    HALF = "half", _("scheduled, with conditions")
    WIDE = "wide", _("open schedule")


class ModeQuerySet(models.QuerySet["GuestMode"]):
    """Guest modes, by what became of them."""

    def published(self) -> Self:
        """Everything that was ever declared, in the order of declaring."""
        return self.filter(published_at__isnull=False).order_by("published_at", "pk")

    def passed(self, on: date) -> Self:
        """Declared, and no day from this one on is left to them though their term is not over."""
        ahead = Door.objects.filter(
            mode=OuterRef("pk"), withdrawn_at__isnull=True, during__overlap=DateRange(on, None)
        )
        return self.filter(
            ~Exists(ahead),
            Q(through_on__isnull=True) | Q(through_on__gte=on),
            case__state__in=PUBLISHED,
        )


class GuestMode(Detail):
    """What a director declares for a site: level, windows, types, notice; or a closure by an act.

    `notice_hours` is how long before a slot it can still be booked. `instant` is the director's
    standing consent: who is known here and cleared is booked at once; where children are it names
    the member of staff who is then with the visitors.
    """

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="modes")
    site = models.ForeignKey(Site, models.PROTECT, related_name="+")
    level = models.CharField(max_length=4, choices=Level)
    from_on = models.DateField()
    through_on = models.DateField(null=True, blank=True)
    types = models.ManyToManyField(Type, related_name="+", blank=True)
    notice_hours = models.PositiveSmallIntegerField(default=24)
    instant = models.BooleanField(default=False)
    supervisor = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    conditions = models.TextField(blank=True)
    act_number = models.CharField(max_length=60, blank=True)
    act_on = models.DateField(null=True, blank=True)
    reason = models.TextField(blank=True)
    published_at = models.DateTimeField(null=True)
    stopped_on = models.DateField(
        null=True, help_text="The first day on which it holds no longer, when stopped early."
    )

    objects: ClassVar[ModeQuerySet] = ModeQuerySet.as_manager()  # type: ignore[assignment]  # a manager with its methods

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(level__in=Level.values), name="mode_level_known"),
            models.CheckConstraint(
                condition=~Q(level="shut")
                | (~Q(act_number="") & Q(act_on__isnull=False, through_on__isnull=False)),
                name="closure_cites_a_dated_act_and_an_end",
            ),
            models.CheckConstraint(
                condition=Q(through_on__isnull=True) | Q(through_on__gte=F("from_on")),
                name="mode_ends_after_it_begins",
            ),
        )

    def __str__(self) -> str:
        return f"{self.site_id}: {self.level} from {self.from_on}"

    @property
    def is_closure(self) -> bool:
        """Whether it shuts the door."""
        return self.level == Level.SHUT

    @property
    def before_on(self) -> date | None:
        """The first day after it as it now stands; None without an end."""
        ends = self.through_on + ONE_DAY if self.through_on else None
        return min(filter(None, (ends, self.stopped_on)), default=None)


class Window(models.Model):
    """A weekly time at which a mode receives people, and how many."""

    mode = models.ForeignKey(GuestMode, models.CASCADE, related_name="windows")
    weekday = models.PositiveSmallIntegerField()
    begins = models.TimeField()
    ends = models.TimeField()
    capacity = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ("weekday", "begins")
        constraints = (
            models.CheckConstraint(condition=Q(weekday__lte=6), name="window_weekday_known"),
            models.CheckConstraint(condition=Q(ends__gt=F("begins")), name="window_has_length"),
            models.CheckConstraint(
                condition=Q(capacity__gte=1, capacity__lte=100), name="window_takes_people"
            ),
            models.UniqueConstraint(fields=("mode", "weekday", "begins"), name="window_once"),
        )

    def __str__(self) -> str:
        return f"{self.weekday}, {self.begins}–{self.ends}"


class DoorQuerySet(models.QuerySet["Door"]):
    """Doors, by day."""

    def standing(self, on: date) -> Self:
        """Those that hold on this day as we know it now."""
        return self.filter(withdrawn_at__isnull=True, during__contains=on)


class Door(models.Model):
    """How open a site is during a period. Never shortened: withdrawn, and a new row written.

    A day that no row covers is "by request" without windows.
    """

    site = models.ForeignKey(Site, models.PROTECT, related_name="+")
    mode = models.ForeignKey(GuestMode, models.PROTECT, related_name="doors")
    level = models.CharField(max_length=4, choices=Level)
    during = DateRangeField()
    since = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    objects: Any = DoorQuerySet.as_manager()

    class Meta:
        constraints = (
            ExclusionConstraint(
                name="one_door_of_a_site_at_a_time",
                expressions=[
                    ("site", RangeOperators.EQUAL),
                    ("during", RangeOperators.OVERLAPS),
                ],
                condition=Q(withdrawn_at__isnull=True),
            ),
            models.CheckConstraint(condition=Q(during__isempty=False), name="door_has_a_period"),
        )

    def __str__(self) -> str:
        return f"{self.site_id}: {self.level} {self.during}"

    @property
    def through_on(self) -> date | None:
        """The last day of its period; None without an end."""
        upper: date | None = self.during.upper
        return upper - ONE_DAY if upper else None
