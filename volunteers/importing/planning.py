"""What a list of volunteers would change: only what is empty here is filled; nothing is decided.

Somebody known elsewhere is planned with the same words as somebody new: nobody learns where else
a person volunteers.
"""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from accounts.models import User
from registry.importing.plans import Changes, Planned, refused
from registry.models import Outcome
from registry.reading.rows import VolunteerRow
from volunteers.importing.known import Known
from volunteers.models import Volunteer

LONGEST_NAME = 100
PERSONAL = ("family_name", "given_name", "patronymic")


@dataclass
class Target:
    """The rows of one person with the file's facts already in the empty fields, not yet saved."""

    user: User
    profile: Volunteer
    joins: bool
    user_changed: bool
    profile_changed: bool
    minor: bool


def plan_row(row: VolunteerRow, known: Known) -> Planned:
    """What becomes of one person."""
    label = f"{row.last_name} {row.first_name}"
    if reason := _unfit(row):
        return refused(row, label[:LONGEST_NAME], *reason)
    user = known.users.get(row.email) or User(email=row.email)
    profile = known.profiles.get(user.pk) or Volunteer()
    here = user.pk in known.here
    named = _fill(user, _names(row)) if not (user.family_name or user.given_name) else {}
    filled = _fill(profile, _facts(row))
    target = Target(user, profile, not here, bool(named), bool(filled), row.minor)
    if not here:
        return Planned(row, label, Outcome.CREATED, target=target)
    changes = named | filled
    outcome = Outcome.UPDATED if changes else Outcome.UNCHANGED
    return Planned(row, label, outcome, changes, target=target)


def _unfit(row: VolunteerRow) -> tuple[str, str] | None:
    if any(len(name) > LONGEST_NAME for name in (*_names(row).values(), row.phone)):
        message = _("A name or a telephone number is longer than %(limit)d characters.")
        return "too_long", message % {"limit": LONGEST_NAME}
    try:
        validate_email(row.email)
        User._meta.get_field("email").run_validators(row.email)
    except ValidationError:
        return "bad_mail", _("“%(text)s” is not an e-mail address.") % {"text": row.email}
    return None


def _names(row: VolunteerRow) -> dict[str, str]:
    return dict(zip(PERSONAL, (row.last_name, row.first_name, row.middle_name), strict=True))


def _facts(row: VolunteerRow) -> dict[str, Any]:
    return {
        "born_on": row.born_on,
        "phone": row.phone,
        "languages": list(row.languages),
        "experience": row.experience,
    }


def _fill(row: User | Volunteer, values: dict[str, Any]) -> Changes:
    """Put the file's values into empty fields."""
    changes: Changes = {}
    for column, value in values.items():
        if value and not getattr(row, column):
            setattr(row, column, value)
            changes[column] = "", ", ".join(value) if isinstance(value, list) else str(value)
    return changes
