"""What an exclusion leaves behind: until when the NGO may not come in again."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from casework.models import Case
from registry.models.ngos import Ngo


class Ground(models.TextChoices):
    """Why an NGO is excluded (DOMAIN (a)); the last one bars nobody."""

    UNTRUE = "X1", _("untrue information on which the registration rests")
    HARM = "X2", _("harm to a child or another resident")
    BREACHES = "X3", _("repeated breaches that were not mended")
    LIQUIDATED = "X4", _("the NGO was liquidated or has ended its work")


class Bar(models.Model):
    """The NGO, and with it its OGRN, may not apply before `until_on`; a row never shortened.

    `lifted_on` is the first day on which it holds no longer: an appeal has overturned it.
    """

    ngo = models.ForeignKey(Ngo, models.PROTECT, related_name="bars")
    case = models.OneToOneField(Case, models.PROTECT, related_name="+")
    ground = models.CharField(max_length=2, choices=Ground)
    from_on = models.DateField()
    until_on = models.DateField(help_text="The first day on which it may apply again.")
    lifted_on = models.DateField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(until_on__gt=F("from_on")), name="bar_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=~Q(ground=Ground.LIQUIDATED.value), name="liquidation_bars_nobody"
            ),
        )

    def __str__(self) -> str:
        return f"{self.ngo_id}: {self.until_on}"
