"""An NGO's appeal against what the Department decided about it: a case linked to the other."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casework.models import Case, Detail
from registry.models.ngos import Ngo


class Contested(models.TextChoices):
    """What can be appealed: the kind of the case and the step by which it was decided."""

    REFUSAL = "registration_refuse", _("refusal of registration")
    EXCLUSION = "registration_exclude", _("exclusion from the register")
    SUSPENSION = "suspension_suspend", _("suspension of the registration")
    CHANGE = "ngo_change_refuse", _("refusal of a change")


class Appeal(Detail):
    """Why the NGO thinks a decision wrong. One for each case, but for one that was withdrawn.

    A trigger keeps whoever took a step in the case appealed from deciding here.
    """

    ngo = models.ForeignKey(Ngo, models.PROTECT, related_name="appeals")
    against = models.ForeignKey(Case, models.PROTECT, related_name="+")
    what = models.CharField(max_length=30, choices=Contested)
    grounds = models.TextField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("against",), condition=Q(withdrawn_at=None), name="one_appeal_of_a_case"
            ),
            models.CheckConstraint(condition=~Q(grounds=""), name="appeal_says_its_grounds"),
            models.CheckConstraint(
                condition=~Q(case=models.F("against")), name="appeal_of_another"
            ),
        )

    def __str__(self) -> str:
        return f"{self.case_id}: {self.against_id}"
