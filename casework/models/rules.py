"""The numbers of procedure, dated, and by which edition reference tables are remembered."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models


class Rulebook(models.Model):
    """One edition of the rule parameters; every decision names the one it was judged under."""

    version = models.PositiveIntegerField(primary_key=True)
    from_on = models.DateField(unique=True)

    def __str__(self) -> str:
        return str(self.version)


class Parameter(models.Model):
    """One number: a term, a limit, a validity; with its unit, its source and its period."""

    code = models.CharField(max_length=60)
    value = models.IntegerField()
    unit = models.CharField(max_length=20)
    source = models.CharField(max_length=20)
    name_ru = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200)
    rulebook = models.ForeignKey(Rulebook, models.PROTECT, related_name="parameters")
    during = DateRangeField()

    class Meta:
        constraints = (
            ExclusionConstraint(
                name="one_value_at_a_time",
                expressions=[
                    ("code", RangeOperators.EQUAL),
                    ("during", RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(
                condition=models.Q(source__in=("law", "city", "house")),
                name="parameter_source_known",
            ),
        )

    def __str__(self) -> str:
        return f"{self.code} = {self.value}"


class Edition(models.Model):
    """Which content a reference table has: a mark, never used before, of its last change.

    Written by triggers only; see `casework.editions`.
    """

    name = models.CharField(max_length=20, primary_key=True)
    mark = models.UUIDField()

    def __str__(self) -> str:
        return self.name
