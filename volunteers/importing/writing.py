"""Write what was planned, set by set: a query per table, however many people there are."""

from collections.abc import Sequence
from datetime import date

from django.contrib.auth.hashers import make_password
from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange

from accounts.memberships import group_of
from accounts.models import Membership, Organisation, User
from accounts.roles import Role
from volunteers.importing.planning import PERSONAL, Target
from volunteers.models import Volunteer

JOINING = 20150210  # any number of our own: whoever writes lists of people holds this lock
PROFILE = ("born_on", "phone", "languages", "experience")


def lock() -> None:
    """Until the transaction ends nobody else writes a list of people."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [JOINING])


def write(targets: Sequence[Target], ngo: Organisation, on: date) -> None:
    """People first, then their profiles, then that they belong to the NGO."""
    for target in targets:
        if target.user._state.adding:
            target.user.password = make_password(None)
    User.objects.bulk_create([t.user for t in targets if t.user._state.adding])
    old = [t.user for t in targets if t.user_changed]
    User.objects.bulk_update([user for user in old if not user._state.adding], PERSONAL)
    for target in targets:
        target.profile.person = target.user
    new = [t for t in targets if t.profile._state.adding]
    changed = [t.profile for t in targets if t.profile_changed and not t.profile._state.adding]
    Volunteer.objects.bulk_create([t.profile for t in new])
    Volunteer.objects.bulk_update(changed, PROFILE)
    _join([t.user for t in targets if t.joins], ngo, on)


def _join(people: Sequence[User], ngo: Organisation, on: date) -> None:
    """The same as `accounts.memberships.grant` for each, in three queries."""
    during = DateRange(on, None)
    Membership.objects.bulk_create(
        Membership(person=person, organisation=ngo, role=Role.VOLUNTEER, during=during)
        for person in people
    )
    if people:
        group_of(ngo, Role.VOLUNTEER).user_set.add(*people)
