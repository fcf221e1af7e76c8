"""Secrets of the second factor lie sealed in the database; a session remembers what it proved."""

import base64
import logging
from typing import Any

from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY as RECORDS
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from accounts.models import User
from accounts.sealing import Sealed, column, seal, unseal

log = logging.getLogger(__name__)
ABOUT = "second factor"
# The library seals before there is a row: its values are bound to what they are for.
SEEDS = [
    column("mfa_authenticator", "data", about=ABOUT, inside=place) for place in ("secret", "seed")
]
FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]


class SealedSecrets(DefaultMFAAdapter):  # type: ignore[misc]  # the library is untyped
    """Seals the seeds of codes; a seed that does not open lets nobody in."""

    def encrypt(self, text: str) -> str:
        """What goes into the database."""
        return base64.b64encode(seal(text, ABOUT)).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The seed again; never an empty one, whose codes anybody could work out."""
        try:
            seed = unseal(base64.b64decode(encrypted_text, validate=True), ABOUT)
        except (Sealed, ValueError) as error:
            log.exception("The seed of a second factor does not open with the keys that are set.")
            raise PermissionDenied from error
        if not seed:
            raise PermissionDenied
        return seed


def factors_of(user: User) -> set[str]:
    """Which of the two a person has: an app for codes, passkeys."""
    found = Authenticator.objects.filter(user=user, type__in=FACTORS)
    return set(found.values_list("type", flat=True))


def factor_added(request: HttpRequest, user: User, authenticator: Authenticator, **_: Any) -> None:
    """Whoever has just shown a new factor has proved it: they need not show it again."""
    if authenticator.type in FACTORS:
        proof = {"id": authenticator.pk, "type": authenticator.type}
        record_authentication(request, user, "mfa", **proof)
        request.session.cycle_key()


def factor_used(request: HttpRequest, reauthenticated: bool = False, **_: Any) -> None:
    """A session that proved more than before gets another key."""
    if reauthenticated:
        request.session.cycle_key()


def factor_removed(request: HttpRequest, user: User, **_: Any) -> None:
    """Without any factor left, the proof given by one is gone too."""
    if not factors_of(user):
        kept = [one for one in request.session.get(RECORDS, []) if one.get("method") != "mfa"]
        request.session[RECORDS] = kept
        request.session.cycle_key()
