"""People, organisations, and who belonged where when."""

from datetime import date, timedelta
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext
from guardian.models import GroupObjectPermissionBase

from accounts.permissions import Permission
from accounts.roles import OrganisationKind, Role


class UserManager(BaseUserManager["User"]):
    """Makes users; an address is kept in lower case everywhere."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """A user who can sign in once they have a password; None leaves them without one."""
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser, PermissionsMixin):
    """One person, known by one e-mail address; may exist before they ever sign in."""

    email = models.EmailField(unique=True)
    family_name = models.CharField(max_length=100, blank=True)
    given_name = models.CharField(max_length=100, blank=True)
    patronymic = models.CharField(max_length=100, blank=True)
    language = models.CharField(max_length=2, blank=True)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(default=timezone.now)
    # When everything that tells who it was had been emptied; the row stays for the histories.
    erased_at = models.DateTimeField(null=True, blank=True)

    # The memberships in force, where the person came from a session; see `backends.WithHats`.
    hats: "tuple[Membership, ...] | None" = None

    USERNAME_FIELD = "email"
    objects: ClassVar[UserManager] = UserManager()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(email=Lower("email")), name="email_is_lower_case"
            ),
            models.CheckConstraint(
                condition=models.Q(language__in=("", "ru", "en")), name="language_is_known"
            ),
        )

    def __str__(self) -> str:
        if self.erased_at is not None:
            return gettext("a person whose data were erased (No. %(n)d)") % {"n": self.pk}
        return " ".join(filter(None, (self.given_name, self.family_name))) or self.email


class Organisation(models.Model):
    """An NGO, an institution or the Department: the tenant every case belongs to."""

    ref = models.SlugField(unique=True)
    kind = models.CharField(max_length=20, choices=OrganisationKind)
    name = models.CharField(max_length=500)
    short_name = models.CharField(max_length=200)
    ogrn = models.CharField(max_length=15, unique=True, null=True, blank=True)
    inn = models.CharField(max_length=12, blank=True)
    zone = models.CharField(max_length=50, default="Europe/Moscow")

    class Meta:
        permissions = tuple(Permission.choices)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(kind__in=OrganisationKind.values), name="organisation_kind_known"
            ),
        )

    def __str__(self) -> str:
        return self.short_name


class Membership(models.Model):
    """A role somebody held in an organisation, from the first day to before the last.

    A deputy's has an end and names for whom they stand in.
    """

    person = models.ForeignKey(User, models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=20, choices=Role)
    during = DateRangeField()
    granted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    stands_for = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = (
            ExclusionConstraint(
                name="one_membership_at_a_time",
                expressions=[
                    ("person", RangeOperators.EQUAL),
                    ("organisation", RangeOperators.EQUAL),
                    ("role", RangeOperators.EQUAL),
                    ("during", RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(
                condition=models.Q(granted_by__isnull=True)
                | ~models.Q(granted_by=models.F("person")),
                name="nobody_grants_themselves",
            ),
            models.CheckConstraint(
                condition=models.Q(role__in=Role.values), name="membership_role_known"
            ),
            models.CheckConstraint(
                condition=models.Q(stands_for__isnull=True)
                | (~models.Q(stands_for=models.F("person")) & models.Q(during__upper_inf=False)),
                name="deputy_stands_for_another_until_a_day",
            ),
        )

    def __str__(self) -> str:
        return f"{self.person}, {self.role}, {self.organisation}"

    @property
    def last_on(self) -> date | None:
        """The last day of it; None where no end is set."""
        return self.during.upper - timedelta(days=1) if self.during.upper else None


class OrganisationGroupPermission(GroupObjectPermissionBase):
    """A permission of a group on one organisation, with a true foreign key: no orphans."""

    content_object = models.ForeignKey(Organisation, models.CASCADE)

    class Meta(GroupObjectPermissionBase.Meta):
        abstract = False
