"""Short secrets that must be read again: sealed in the database, opened only where they are needed.

The key is made from SECRET_KEY; older keys still open. What a secret is about is bound into it:
copied into another row it does not open.
"""

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

NONCE = 12  # bytes, as the mode asks


class Sealed(Exception):
    """It does not open: another key, another row, or somebody changed it."""


def seal(text: str, about: str) -> bytes:
    """The sealed text; an empty one stays empty."""
    if not text:
        return b""
    nonce = os.urandom(NONCE)
    cipher = AESGCM(_key(settings.SECRET_KEY))
    return nonce + cipher.encrypt(nonce, text.encode(), about.encode())


def unseal(sealed: bytes, about: str) -> str:
    """The text again; raises Sealed."""
    if not sealed:
        return ""
    sealed = bytes(sealed)
    for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        try:
            opened = AESGCM(_key(secret)).decrypt(sealed[:NONCE], sealed[NONCE:], about.encode())
        except (InvalidTag, ValueError):  # the latter: shorter than anything sealed here
            continue
        return opened.decode()
    raise Sealed(about)


def _key(secret: str | bytes) -> bytes:
    made = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"open-doors sealed numbers")
    return made.derive(secret.encode() if isinstance(secret, str) else secret)
