"""A change of the catalogue: proposed by one person of the Department, approved by another."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from casework.models import Detail
from registry.models.catalogue import ProcedureVersion, Type, TypeVersion


class TypeChange(Detail):
    """What a type or its procedure is to be from a day on.

    `content` is what is written: the fields of a version, or the steps of a procedure; a
    retirement has none. `version` and `procedure_version` are what the approval wrote.
    """

    class What(models.TextChoices):
        VERSION = "version", _("new version of the type")
        RETIREMENT = "retirement", _("the type is retired")
        PROCEDURE = "procedure", _("new version of the procedure")

    type = models.ForeignKey(Type, models.PROTECT, related_name="changes")
    what = models.CharField(max_length=10, choices=What)
    from_on = models.DateField()
    content = models.JSONField(default=dict)
    why = models.TextField()
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    version = models.OneToOneField(TypeVersion, models.PROTECT, null=True, related_name="change")
    procedure_version = models.OneToOneField(
        ProcedureVersion, models.PROTECT, null=True, related_name="change"
    )

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(what__in=("version", "retirement", "procedure")),
                name="type_change_known",
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("proposed_by")),
                name="type_change_by_two_people",
            ),
            models.CheckConstraint(
                condition=Q(version__isnull=True, procedure_version__isnull=True)
                | Q(approved_by__isnull=False),
                name="type_change_written_when_approved",
            ),
        )

    def __str__(self) -> str:
        return f"{self.type}: {self.what} from {self.from_on}"
