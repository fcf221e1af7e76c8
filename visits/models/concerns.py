"""Telling the Department: a word past the institution, about a visit, the gate or a place."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from casework.models import Detail
from registry.models import Institution
from visits.models.visit import Visit


class ConcernKind(models.TextChoices):
    """What it is about."""

    CHILD = "child", _("a child or a resident may be in danger")
    DOOR = "door", _("people who were expected were not let in")
    ANSWER = "answer", _("an answer was late or unfair")
    CONDUCT = "conduct", _("how somebody behaved")
    OTHER = "other", _("something else")


class Concern(Detail):
    """What somebody told the Department; the institution does not see it."""

    institution = models.ForeignKey(Institution, models.PROTECT, null=True, related_name="+")
    visit = models.ForeignKey(Visit, models.PROTECT, null=True, related_name="+")
    about = models.CharField(max_length=8, choices=ConcernKind)
    text = models.TextField()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(about__in=ConcernKind.values), name="concern_kind_known"
            ),
        )

    def __str__(self) -> str:
        return f"{self.case_id}: {self.about}"
