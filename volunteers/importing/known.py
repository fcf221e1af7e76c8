"""What the database already holds of the people in a file, fetched at once."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.backends.postgresql.psycopg_any import DateRange

from accounts.models import Membership, User
from accounts.roles import Role
from volunteers.models import Volunteer


@dataclass(frozen=True)
class Known:
    """Users by address, their profiles, and who of them already belongs to the NGO."""

    users: dict[str, User]
    profiles: dict[int, Volunteer]
    here: set[int]


def known(emails: Iterable[str], ngo_id: int, on: date) -> Known:
    """Three queries, however many people there are."""
    users = {user.email: user for user in User.objects.filter(email__in=list(emails))}
    keys = [user.pk for user in users.values()]
    memberships = Membership.objects.filter(
        person__in=keys,
        organisation=ngo_id,
        role=Role.VOLUNTEER,
        during__overlap=DateRange(on, None),
    )
    return Known(
        users=users,
        profiles=Volunteer.objects.in_bulk(keys),
        here=set(memberships.values_list("person", flat=True)),
    )
