"""Tables: names to search, times with places, bookings, notes to people, a chained trail."""

from typing import Any

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models


class Row(models.Model):
    """What all tables share."""

    objects: Any = models.Manager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(self.pk)


class Name(Row):
    """One line of a register."""

    name = models.CharField(max_length=200)
    words = SearchVectorField(null=True)

    class Meta:
        indexes = (GinIndex(fields=("words",)), models.Index(fields=("name", "id")))


class Slot(Row):
    """A time with places."""

    place = models.CharField(max_length=200)
    begins = models.DateTimeField(db_index=True)
    capacity = models.PositiveSmallIntegerField()
    used = models.PositiveSmallIntegerField(default=0)


class Booking(Row):
    """Who takes a place."""

    slot = models.ForeignKey(Slot, models.PROTECT)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT)
    state = models.CharField(max_length=10)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("slot", "user"), name="booked_once"),)


class Note(Row):
    """Something told to somebody."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT)
    read = models.BooleanField(default=False)


class Head(Row):
    """The last link of the chain: whoever writes the trail holds it."""

    h = models.CharField(max_length=64)


class Entry(Row):
    """One line of the trail."""

    text = models.CharField(max_length=200)
    h = models.CharField(max_length=64)
