"""Who signs in, and whose a session is: the person and their hats in one query."""

from allauth.account.auth_backends import AuthenticationBackend
from django.utils import timezone

from accounts.hats import hats_of
from accounts.models import User


class WithHats(AuthenticationBackend):  # type: ignore[misc]  # the library is untyped
    """By e-mail and password. Every page needs both the person and what they may do."""

    def get_user(self, user_id: int) -> User | None:
        """The person of a session, with today's hats; None when they were deactivated."""
        hats = hats_of(user_id, timezone.localdate())
        found: User | None = hats[0].person if hats else super().get_user(user_id)
        if found is not None:
            found.hats = hats
        return found
