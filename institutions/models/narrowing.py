"""An institution asks for more than the catalogue: conditions, a higher tier, not at all."""

from datetime import date, timedelta
from typing import Any, Self

from django.db import models
from django.db.models import F, Q

from casework.models import Detail
from registry.models import Institution, Tier, Type


class NarrowingQuerySet(models.QuerySet["NarrowedType"]):
    """Narrowings, by day."""

    def standing(self) -> Self:
        """Everything that was declared and not taken back from its first day on."""
        return self.filter(declared_at__isnull=False).exclude(withdrawn_on__lte=F("from_on"))


class NarrowedType(Detail):
    """What a house demands for a type beyond the catalogue, from a day on.

    Several may hold at once: they add up, so none of them ever loosens anything. The database
    refuses a tier below the one that the catalogue asks for on the first day.
    """

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="narrowings")
    type = models.ForeignKey(Type, models.PROTECT, related_name="+")
    from_on = models.DateField()
    through_on = models.DateField(null=True)
    excluded = models.BooleanField(default=False)
    tier_at_least = models.CharField(max_length=2, choices=Tier.choices, blank=True)
    conditions = models.TextField(blank=True)
    reason = models.TextField()
    declared_at = models.DateTimeField(null=True)
    withdrawn_on = models.DateField(
        null=True, help_text="The first day on which it holds no longer, when taken back."
    )

    objects: Any = NarrowingQuerySet.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(excluded=True) | ~Q(tier_at_least="") | ~Q(conditions=""),
                name="a_narrowing_demands_something",
            ),
            models.CheckConstraint(
                condition=Q(tier_at_least__in=("", "V0", "V1", "V2", "V3")),
                name="a_narrowing_names_a_known_tier",
            ),
            models.CheckConstraint(
                condition=Q(through_on__isnull=True) | Q(through_on__gte=F("from_on")),
                name="a_narrowing_ends_after_it_begins",
            ),
        )
        indexes = (models.Index(fields=("institution", "type"), name="narrowed_here"),)

    def __str__(self) -> str:
        return f"{self.institution_id}: {self.type_id} from {self.from_on}"

    @property
    def before_on(self) -> date | None:
        """The first day after it as it now stands; None without an end."""
        ends = self.through_on + timedelta(days=1) if self.through_on else None
        return min(filter(None, (ends, self.withdrawn_on)), default=None)

    def holds(self, on: date) -> bool:
        """Whether it holds on this day."""
        return self.from_on <= on and (self.before_on is None or on < self.before_on)
