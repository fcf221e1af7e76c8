"""How long a password must be: longer for those who decide for many."""

from collections.abc import Iterable

from django.contrib.auth.password_validation import MinimumLengthValidator

from accounts.models import User
from accounts.permissions import NEEDS_SECOND_FACTOR

LENGTH, LENGTH_OF_STAFF = 12, 15


def least_length(roles: Iterable[str]) -> int:
    """The shortest password for somebody who holds these roles."""
    return LENGTH if NEEDS_SECOND_FACTOR.isdisjoint(roles) else LENGTH_OF_STAFF


def check_length(password: str, user: User | None, roles: Iterable[str]) -> None:
    """Raises ValidationError with the number that is asked for."""
    MinimumLengthValidator(least_length(roles)).validate(password, user)
