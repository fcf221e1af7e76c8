"""Five tables: names to search, times with places, bookings, notes to people, a chained trail."""

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models


class Name(models.Model):
    """One line of a register."""

    name = models.CharField(max_length=200)
    words = SearchVectorField(null=True)

    class Meta:
        app_label = "baseline"
        indexes = (GinIndex(fields=("words",)), models.Index(fields=("name", "id")))

    def __str__(self) -> str:
        return self.name


class Slot(models.Model):
    """A time with places."""

    place = models.CharField(max_length=200)
    begins = models.DateTimeField(db_index=True)
    capacity = models.PositiveSmallIntegerField()
    used = models.PositiveSmallIntegerField(default=0)

    class Meta:
        app_label = "baseline"

    def __str__(self) -> str:
        return self.place


class Booking(models.Model):
    """Who takes a place."""

    slot = models.ForeignKey(Slot, models.PROTECT)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT)
    state = models.CharField(max_length=10)

    class Meta:
        app_label = "baseline"
        constraints = (models.UniqueConstraint(fields=("slot", "user"), name="booked_once"),)

    def __str__(self) -> str:
        return self.state


class Note(models.Model):
    """Something told to somebody."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT)
    read = models.BooleanField(default=False)

    class Meta:
        app_label = "baseline"

    def __str__(self) -> str:
        return str(self.pk)


class Head(models.Model):
    """The last link of the chain: whoever writes the trail holds it."""

    h = models.CharField(max_length=64)

    class Meta:
        app_label = "baseline"

    def __str__(self) -> str:
        return self.h


class Entry(models.Model):
    """One line of the trail."""

    text = models.CharField(max_length=200)
    h = models.CharField(max_length=64)

    class Meta:
        app_label = "baseline"

    def __str__(self) -> str:
        return self.text
