"""Signed-in clients for tests."""

import time

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa import app_settings
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.http import HttpRequest
from django.test import Client

from accounts.models import User


def signed_in(person: User, method: str = "") -> Client:
    """A browser of this person's; `method` "mfa" has shown the second factor."""
    client = Client()
    client.force_login(person, "accounts.backends.WithHats")
    if method:
        prove(client, person, method)
    return client


def prove(client: Client, person: User, method: str = "mfa") -> None:
    """The session has proved itself in this way."""
    request = HttpRequest()
    request.session = client.session
    record_authentication(request, person, method)
    request.session.save()


def code_of_now(secret: str) -> str:
    """What the app on the phone shows at this moment."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // app_settings.TOTP_PERIOD))
