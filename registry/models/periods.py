"""Rows that hold for a period (half-open), as questions."""

from datetime import date
from typing import Self, TypeVar

from django.db import models

M = TypeVar("M", bound=models.Model)


class PeriodQuerySet(models.QuerySet[M]):
    """Rows that hold for a period."""

    def in_force(self, on: date) -> Self:
        """Those in force on this day."""
        return self.filter(during__contains=on)
