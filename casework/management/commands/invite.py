"""`manage.py invite EMAIL --role R --organisation REF`: the first members of an installation."""

import json
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.utils import timezone

from accounts.models import Organisation
from accounts.roles import OrganisationKind, Role
from casework.invitations import SENT, invite
from casework.models import Invitation
from casework.process import Refused

DEPARTMENT = "department"


class Command(BaseCommand):
    """Print the link and when it stops working; asked again, print the same invitation's link."""

    help = "Invite somebody into a role; --organisation department --name ... makes the Department."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whom, as what, where."""
        parser.add_argument("email")
        parser.add_argument("--role", required=True, choices=Role.values)
        parser.add_argument("--organisation", required=True, metavar="REF")
        parser.add_argument("--name", default="", help="full name of the Department, to make it")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Exit 2 where the address, the role or the organisation does not fit."""
        email, role = options["email"].strip().lower(), options["role"]
        try:
            validate_email(email)
        except ValidationError as error:
            raise CommandError("This is not an e-mail address.", returncode=2) from error
        sent = _sent(email, role, _organisation(options["organisation"], options["name"]))
        answer = {
            "email": sent.email,
            "role": sent.role,
            "organisation": sent.organisation.ref,
            "link": settings.OPEN_DOORS_URL + sent.get_absolute_url(),
            "expires_at": sent.expires_at.isoformat(),
        }
        if options["json"]:
            self.stdout.write(json.dumps(answer))
        else:
            until = timezone.localtime(sent.expires_at)
            self.stdout.write(answer["link"])
            self.stdout.write(f"Works once, until {until:%Y-%m-%d %H:%M} ({until.tzname()}).")


def _organisation(ref: str, name: str) -> Organisation:
    if found := Organisation.objects.filter(ref=ref).first():
        return found
    departments = Organisation.objects.filter(kind=OrganisationKind.DEPARTMENT)
    if ref != DEPARTMENT or not name.strip() or departments.exists():
        raise CommandError(f"There is no organisation {ref}.", returncode=2)
    name = name.strip()[:500]
    return Organisation.objects.create(
        ref=ref, kind=OrganisationKind.DEPARTMENT, name=name, short_name=name[:200]
    )


def _sent(email: str, role: str, organisation: Organisation) -> Invitation:
    at = timezone.now()
    try:
        return invite(email, role, organisation, None, at)
    except Refused as refused:
        if SENT not in refused.objections:
            raise CommandError(str(refused), returncode=2) from refused
    return Invitation.objects.waiting(at).get(email=email, role=role, organisation=organisation)
