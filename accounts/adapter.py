"""How sign-in differs from the library's defaults."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.utils import timezone

from accounts.hats import hats_of
from accounts.models import User
from accounts.passwords import check_length


class ByInvitation(DefaultAccountAdapter):  # type: ignore[misc]  # the library is untyped
    """Nobody makes an account by themselves: an organisation invites."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Closed: accounts begin with an invitation."""
        return False

    def clean_password(self, password: str, user: Any = None) -> str:
        """A new password, as long as this person's roles ask."""
        if isinstance(user, User) and user.pk:
            roles = [hat.role for hat in hats_of(user.pk, timezone.localdate())]
            check_length(password, user, roles)
        cleaned: str = super().clean_password(password, user)
        return cleaned
