"""An invitation: an address, a role, an organisation, and how long the link works."""

from datetime import datetime

from django.conf import settings
from django.core import signing
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.urls import reverse

from accounts.models import Organisation
from accounts.roles import Role

SALT = "casework.invitation"
OPEN = Q(accepted_at__isnull=True, withdrawn_at__isnull=True)


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Invitations by how they stand."""

    def waiting(self, at: datetime) -> "InvitationQuerySet":
        """Those that can still be accepted."""
        return self.filter(OPEN, expires_at__gt=at)

    def signed(self, token: str) -> "InvitationQuerySet":
        """The one a link was made for; none when the link was not made here."""
        try:
            pk = signing.Signer(salt=SALT).unsign(token.replace("-", ":", 1))
        except signing.BadSignature:
            return self.none()
        return self.filter(pk=pk)


class Invitation(models.Model):
    """Somebody is asked to take on a role; one link, one use.

    `email` is what the link was sent to; `person` bears it, with or without a password.
    """

    email = models.EmailField()
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    role = models.CharField(max_length=20, choices=Role)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(role__in=Role.values), name="invitation_role_known"),
            models.CheckConstraint(
                condition=Q(email=Lower("email")), name="invitation_email_is_lower_case"
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("at")), name="invitation_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True) | Q(withdrawn_at__isnull=True),
                name="invitation_ends_in_one_way",
            ),
            models.CheckConstraint(
                condition=Q(invited_by__isnull=True) | ~Q(invited_by=F("person")),
                name="nobody_invites_themselves",
            ),
            models.UniqueConstraint(
                fields=("email", "role", "organisation"), condition=OPEN, name="one_open_invitation"
            ),
        )

    def __str__(self) -> str:
        return f"{self.email}, {self.role}, {self.organisation_id}"

    def get_absolute_url(self) -> str:
        """The link: signed whenever it is shown, kept nowhere."""
        signed = signing.Signer(salt=SALT).sign(str(self.pk))
        return reverse("invitation_link", args=[signed.replace(":", "-", 1)])

    def is_waiting(self, at: datetime) -> bool:
        """Whether it can still be accepted."""
        return self.accepted_at is None and self.withdrawn_at is None and at < self.expires_at
