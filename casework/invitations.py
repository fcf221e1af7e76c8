"""Inviting people into an organisation: how everybody comes in, and how they leave.

Whoever invites gets the same answer for an address that is known and for one that is not:
nobody learns where else a person belongs.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib.auth.hashers import make_password
from django.db.models import Q, QuerySet, Value
from django.db.models.functions import Lower, Replace
from django.utils.translation import gettext_lazy as _

from accounts import memberships
from accounts.models import Membership, Organisation, User
from accounts.roles import ROLES_OF
from accounts.services import come_in
from casework import trail
from casework.engine import retried
from casework.models import Invitation
from casework.parameters import rules_on
from casework.process import Objection, Refused
from casework.telling import tell

VALID = "invitation.valid"

WRONG_ROLE = Objection("role", _("This organisation has no such role."), field="role")
ONESELF = Objection("oneself", _("You cannot invite yourself."), field="email")
MEMBER = Objection("member", _("This person already has this role here."), field="email")
SENT = Objection(
    "sent",
    _("An invitation to this address for this role is already on its way."),
    _("Withdraw it below to send another."),
    field="email",
)
CLOSED = Objection("closed", _("This invitation can no longer be accepted."))
KNOWN = Objection("known", _("This address already has an account: sign in to accept."))
OWN = Objection("own", _("Nobody ends their own membership: another member can."))
STOOD_FOR = Objection(
    "stood_for", _("Whoever stands in for somebody does not end the membership of that person.")
)


@dataclass(frozen=True)
class Names:
    """What a new person says about themselves when they come in."""

    family_name: str
    given_name: str
    patronymic: str
    password: str


def invite(
    email: str, role: str, organisation: Organisation, by: User | None, at: datetime
) -> Invitation:
    """Send an invitation; raises Refused with the reason. `by` None: somebody at the keyboard."""
    email = email.strip().lower()
    if role not in ROLES_OF[organisation.kind]:
        raise Refused(WRONG_ROLE)
    if by is not None and by.email == email:
        raise Refused(ONESELF)
    return retried(lambda: _invite(email, role, organisation, by, at))


def accept(invitation: Invitation, *, person: User, at: datetime) -> Membership:
    """The person takes on the role; raises Refused when the link was not theirs or has ended."""
    return retried(lambda: _accept(invitation.pk, person, at))


def accept_as_new(invitation: Invitation, names: Names, *, at: datetime) -> Membership:
    """Somebody without a password says who they are and takes on the role."""

    def once() -> Membership:
        person = User.objects.select_for_update().get(pk=invitation.person_id)
        if person.has_usable_password():
            raise Refused(KNOWN)
        membership = _accept(invitation.pk, person, at)
        come_in(membership.person, **vars(names))
        return membership

    return retried(once)


def withdraw(invitation: Invitation, *, by: User, at: datetime) -> None:
    """The link stops working; raises Refused when it had ended already."""

    def once() -> None:
        if not Invitation.objects.waiting(at).filter(pk=invitation.pk).update(withdrawn_at=at):
            raise Refused(CLOSED)
        _note(invitation.organisation, by, "invitation.withdrawn", invitation)

    retried(once)


def end_membership(membership: Membership, *, by: User, at: datetime) -> None:
    """The person leaves today, and the invitations they sent from here stop working."""
    if membership.person_id == by.pk:
        raise Refused(OWN)

    def once() -> None:
        here, on = membership.organisation, _day(membership.organisation, at)
        standing_in = {"person": by, "organisation": here, "during__contains": on}
        if Membership.objects.filter(**standing_in, stands_for=membership.person_id).exists():
            raise Refused(STOOD_FOR)
        memberships.end(membership, on=on)
        sent = Invitation.objects.filter(invited_by=membership.person_id, organisation=here)
        sent.waiting(at).update(withdrawn_at=at)
        _note(here, by, "membership.ended", membership)

    retried(once)


def members_of(organisation: Organisation, on: date) -> QuerySet[Membership, Any]:
    """The memberships in force there and those of deputies to come, by name."""
    to_come = Q(during__startswith__gt=on, stands_for__isnull=False)
    found = Membership.objects.filter(Q(during__contains=on) | to_come, organisation=organisation)
    name = Replace(Lower("person__family_name"), Value("ё"), Value("ея"))
    return found.select_related("person", "stands_for").order_by(name, "person__given_name", "pk")


def _invite(
    email: str, role: str, organisation: Organisation, by: User | None, at: datetime
) -> Invitation:
    on = _day(organisation, at)
    person, _new = User.objects.get_or_create(
        email=email, defaults={"password": make_password(None)}
    )
    same: dict[str, Any] = {"person": person, "role": role, "organisation": organisation}
    if Membership.objects.filter(**same, during__contains=on).exists():
        raise Refused(MEMBER)
    if Invitation.objects.waiting(at).filter(**same).exists():
        raise Refused(SENT)
    # What has expired is closed, so that the address can be invited again.
    Invitation.objects.filter(**same, accepted_at=None, withdrawn_at=None).update(withdrawn_at=at)
    expires_at = at + timedelta(hours=rules_on(on).number(VALID))
    sent = Invitation.objects.create(
        **same, email=email, invited_by=by, at=at, expires_at=expires_at
    )
    # A deactivated person is not written to; whoever invites sees no difference.
    heard = User.objects.filter(pk=person.pk, is_active=True)
    values = {"invitation": sent.pk}
    tell(heard, kind="invitation", values=values, at=at, key=f"invitation:{sent.pk}")
    _note(organisation, by, "invitation.sent", sent)
    return sent


def _accept(pk: int, person: User, at: datetime) -> Membership:
    invitation = Invitation.objects.select_for_update(of=("self",)).get(pk=pk)
    theirs = invitation.person_id == person.pk and person.is_active
    if not theirs or not invitation.is_waiting(at):
        raise Refused(CLOSED)
    here = invitation.organisation
    invitation.accepted_at = at
    invitation.save(update_fields=["accepted_at"])
    membership = memberships.grant(
        person, here, invitation.role, on=_day(here, at), by=invitation.invited_by
    )
    _note(here, person, "membership.granted", membership)
    return membership


def _day(organisation: Organisation, at: datetime) -> date:
    return at.astimezone(ZoneInfo(organisation.zone)).date()


def _note(
    organisation: Organisation, by: User | None, action: str, what: Invitation | Membership
) -> None:
    subject = f"{what._meta.model_name}:{what.pk}"
    trail.record(
        tenant=organisation.pk, actor=by.pk if by else None, action=action, subject=subject
    )
