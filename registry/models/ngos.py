"""NGOs, their registrations, and what each registration allows."""

from datetime import date
from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import connection, models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from registry.models.catalogue import Kind, Type
from registry.models.periods import PeriodQuerySet

_LAST_NUMBERS = """
    select split_part(number, '-', 2)::int, max(split_part(number, '-', 3)::int)
      from registry_registration where number ~ '^НКО-[0-9]{4}-[0-9]{1,9}$' group by 1
"""


class NgoQuerySet(models.QuerySet["Ngo"]):
    """NGOs, by who may read of them."""

    def public(self) -> Self:
        """Those the register shows: whoever wrote themselves in is shown once registered."""
        registered = Registration.objects.filter(ngo=OuterRef("pk"))
        return self.filter(Q(applicant=False) | Q(Exists(registered)))


class Ngo(models.Model):
    """What the register keeps of an NGO or an individual organiser.

    An `applicant` came in by the public form, where anybody may write anything.
    """

    organisation = models.OneToOneField(
        Organisation, models.PROTECT, primary_key=True, related_name="+"
    )
    form = models.CharField(max_length=200, blank=True)
    head_name = models.CharField(max_length=200, blank=True)
    phone = models.CharField(max_length=100, blank=True)
    email = models.EmailField(blank=True)
    site_url = models.CharField(max_length=200, blank=True)
    applicant = models.BooleanField(default=False)

    objects = NgoQuerySet.as_manager()

    def __str__(self) -> str:
        return self.organisation.short_name


class Standing(models.TextChoices):
    """How a registration stands on a day."""

    IN_FORCE = "in_force", _("Registration in force")
    NOT_YET = "not_yet", _("Registration not yet in force")
    EXPIRED = "expired", _("Registration expired")
    WITHDRAWN = "withdrawn", _("Registration withdrawn")


class RegistrationQuerySet(PeriodQuerySet["Registration"]):
    """Registrations, by what they allow and when."""

    def in_force(self, on: date) -> Self:
        """Those that hold on this day: its period has it, and it was not withdrawn by then."""
        return super().in_force(on).filter(Q(withdrawn_on=None) | Q(withdrawn_on__gt=on))

    def last_numbers(self) -> dict[int, int]:
        """The last number given in each year; hold `importing.writing.lock_numbers`."""
        with connection.cursor() as cursor:
            cursor.execute(_LAST_NUMBERS)
            return dict(cursor.fetchall())


class Registration(models.Model):
    """An NGO's entry in the register for a period; never shortened, only withdrawn."""

    ngo = models.ForeignKey(Ngo, models.PROTECT, related_name="registrations")
    number = models.CharField(max_length=30, unique=True)
    during = DateRangeField()
    withdrawn_on = models.DateField(
        null=True, blank=True, help_text="The first day on which it holds no longer."
    )

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(during__isempty=False), name="registration_period_not_empty"
            ),
            ExclusionConstraint(
                name="registration_one_at_a_time",
                expressions=[
                    (F("ngo"), RangeOperators.EQUAL),
                    (F("during"), RangeOperators.OVERLAPS),
                ],
                condition=Q(withdrawn_on=None),
            ),
        )

    def __str__(self) -> str:
        return self.number

    def standing(self, on: date) -> Standing:
        """How it stands on this day."""
        if self.withdrawn_on is not None and self.withdrawn_on <= on:
            return Standing.WITHDRAWN
        if self.during.lower is not None and on < self.during.lower:
            return Standing.NOT_YET
        expired = self.during.upper is not None and self.during.upper <= on
        return Standing.EXPIRED if expired else Standing.IN_FORCE


class Approved(models.Model):
    """A type of interaction that a registration allows in institutions of one kind."""

    registration = models.ForeignKey(Registration, models.PROTECT, related_name="approved")
    type = models.ForeignKey(Type, models.PROTECT, related_name="+")
    kind = models.ForeignKey(Kind, models.PROTECT, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("registration", "type", "kind"), name="approved_once_in_registration"
            ),
        )

    def __str__(self) -> str:
        return f"{self.registration_id}: {self.type_id}/{self.kind_id}"
