"""How sign-in differs from the library's defaults."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class ByInvitation(DefaultAccountAdapter):  # type: ignore[misc]  # the library is untyped
    """Nobody makes an account by themselves: an organisation invites."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Closed: accounts begin with an invitation."""
        return False
