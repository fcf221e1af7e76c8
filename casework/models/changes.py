"""A change of one number of the rulebook: proposed by one person, confirmed by another."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from casework.models.cases import Detail
from casework.models.rules import Parameter, Rulebook


class RuleChange(Detail):
    """Which value is to take the place of which, from which day, by which act.

    `rulebook` is the edition that the confirmation wrote or added to.
    """

    replaces = models.ForeignKey(Parameter, models.PROTECT, related_name="changes")
    value = models.PositiveIntegerField()
    from_on = models.DateField()
    act_number = models.CharField(max_length=60)
    act_on = models.DateField()
    why = models.TextField()
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    rulebook = models.ForeignKey(Rulebook, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("proposed_by")),
                name="rule_change_by_two_people",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True, rulebook__isnull=True)
                | Q(confirmed_by__isnull=False, rulebook__isnull=False),
                name="rule_change_confirmed_in_an_edition",
            ),
            models.CheckConstraint(condition=~Q(act_number=""), name="rule_change_cites_an_act"),
            models.CheckConstraint(
                condition=Q(act_on__lte=F("from_on")), name="rule_change_after_its_act"
            ),
        )

    def __str__(self) -> str:
        return f"{self.replaces_id}: {self.value} from {self.from_on}"
