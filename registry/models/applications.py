"""An NGO's way into the register, and a registration held back: both are cases."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from casework.models import Detail
from registry.models.appeals import Appeal
from registry.models.catalogue import Kind, Type
from registry.models.institutions import Institution
from registry.models.ngos import Ngo, Registration


class Defect(models.TextChoices):
    """What may be missing in an application: named once, in one list (DOMAIN (a))."""

    D1 = "D1", _("the NGO’s numbers or name differ from the state register")
    D2 = "D2", _("it is not said who answers for the volunteers")
    D3 = "D3", _("the rules on protecting children are missing or not concrete")
    D4 = "D4", _("it is not said how volunteers are prepared")
    D5 = "D5", _("the types asked for do not fit the experience described")
    D6 = "D6", _("a document is missing or illegible")


class Application(Detail):
    """What an NGO says of itself, which types it asks for, and what it was registered for.

    `appeal`: the one that made this application out of another.
    """

    ngo = models.ForeignKey(Ngo, models.PROTECT, related_name="applications")
    experience = models.TextField()
    safeguarding = models.TextField()
    preparation = models.TextField()
    defects = models.JSONField(default=list)
    returned_at = models.DateTimeField(null=True)
    checked_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    registration = models.OneToOneField(
        Registration, models.PROTECT, null=True, related_name="application"
    )
    appeal = models.OneToOneField(Appeal, models.PROTECT, null=True, related_name="+")

    # An exclusion touches what a suspension of everything without an end would touch.
    type_id = institution_id = from_on = through_on = None

    def __str__(self) -> str:
        return f"{self.case_id}: {self.ngo_id}"


class Wanted(models.Model):
    """A type of interaction asked for in institutions of one kind."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="wanted")
    type = models.ForeignKey(Type, models.PROTECT, related_name="+")
    kind = models.ForeignKey(Kind, models.PROTECT, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("application", "type", "kind"), name="wanted_once_in_application"
            ),
        )

    def __str__(self) -> str:
        return f"{self.application_id}: {self.type_id}/{self.kind_id}"


class Suspension(Detail):
    """A registration held back: the whole, one type, one institution, or both; for a period.

    `lifted_on` is the first day it holds back no longer; the last day written stays as it was.
    Until `suspended_at` it is a draft. Readers ask `queries.suspensions`.
    """

    ngo = models.ForeignKey(Ngo, models.PROTECT, related_name="suspensions")
    type = models.ForeignKey(Type, models.PROTECT, null=True, blank=True, related_name="+")
    institution = models.ForeignKey(
        Institution, models.PROTECT, null=True, blank=True, related_name="+"
    )
    from_on = models.DateField()
    through_on = models.DateField()
    ground = models.TextField(blank=True)
    suspended_at = models.DateTimeField(null=True)
    lifted_on = models.DateField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(through_on__gte=F("from_on")), name="suspension_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(lifted_on__isnull=True) | Q(suspended_at__isnull=False),
                name="only_what_was_suspended_is_lifted",
            ),
            models.CheckConstraint(
                condition=Q(suspended_at__isnull=True) | ~Q(ground=""),
                name="suspension_says_its_ground",
            ),
        )

    def __str__(self) -> str:
        return f"{self.case_id}: {self.ngo_id}"
