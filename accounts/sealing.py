"""Short secrets that must be read again: sealed in the database, opened only where they are needed.

A ring of keys: the newest seals, all of them open. Each sealed value says by which key it was made
and is bound to the place it lies in: copied into another row or column it does not open.
"""

import os
from dataclasses import dataclass
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

NONCE = 12  # bytes, as the mode asks
MARK = b"OD1:"
# Mark and key id make twelve bytes: the beginning is known again in base64 too.
KEY_ID = 8
HEAD = len(MARK) + KEY_ID


class Sealed(Exception):
    """It does not open: another key, another row, or somebody changed it."""


@dataclass(frozen=True)
class Column:
    """A column of sealed values, declared beside its model; `rotate_keys` knows all of them.

    `about` is what a value is bound to, `formerly` what values without a key id are; `{}` is the
    row's key. `inside` names a place in a JSON column where the value lies as base64.
    """

    table: str
    name: str
    about: str
    formerly: str
    key: str = "id"
    inside: str = ""

    def __str__(self) -> str:
        return ".".join(filter(None, (self.table, self.name, self.inside)))

    def seal(self, text: str, row: int) -> bytes:
        """The sealed text for this row; an empty one stays empty."""
        return seal(text, self.about.format(row))

    def unseal(self, sealed: bytes, row: int) -> str:
        """The text again; raises Sealed."""
        return unseal(sealed, self.about.format(row), formerly=self.formerly.format(row))


# Every sealed column there is.
COLUMNS: list[Column] = []


def column(
    table: str, name: str, *, about: str = "", formerly: str = "", key: str = "id", inside: str = ""
) -> Column:
    """Declare a sealed column; `key` is the column of its row's key."""
    bound = about or f"{table}:{name}:{{}}"
    made = Column(table, name, bound, formerly or bound, key, inside)
    COLUMNS.append(made)
    return made


def seal(text: str, about: str) -> bytes:
    """The sealed text; an empty one stays empty."""
    if not text:
        return b""
    secret, nonce = ring()[0], os.urandom(NONCE)
    head = head_of(secret)
    return head + nonce + _cipher(secret).encrypt(nonce, text.encode(), head + about.encode())


def unseal(sealed: bytes, about: str, *, formerly: str = "") -> str:
    """The text again; raises Sealed. `formerly`: what values without a key id were bound to."""
    if not sealed:
        return ""
    sealed = bytes(sealed)
    head, body = sealed[:HEAD], sealed[HEAD:]
    for secret in ring():
        if head == head_of(secret):
            opened = _open(_cipher(secret), body, head + about.encode())
            if opened is not None:
                return opened
    opened = _without_key_id(sealed, formerly or about)
    if opened is None:
        raise Sealed(about)
    return opened


def ring() -> list[str]:
    """The secrets the keys are made from, the newest first.

    Where no keys are set (development), and behind those that are, stands the product's secret.
    """
    earlier = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return [*settings.OPEN_DOORS_KEYS, *(str(secret) for secret in earlier)]


def newest_head() -> bytes:
    """How everything begins that is sealed today."""
    return head_of(ring()[0])


def key_id(secret: str) -> str:
    """By which name a key is called in values and reports; tells nothing about the key."""
    return head_of(secret)[len(MARK) :].decode()


@lru_cache(maxsize=32)
def head_of(secret: str) -> bytes:
    """The beginning of every value sealed by the key of this secret."""
    return MARK + _derived(secret, "open-doors key id", KEY_ID // 2).hex().encode()


def index_key(column: str) -> bytes:
    """The key of a blind index (for HMAC) on this column; never one that seals.

    It stays when the sealing keys rotate: what was indexed must be found again.
    """
    secret = settings.OPEN_DOORS_INDEX_KEY or str(settings.SECRET_KEY)
    return _derived(secret, f"open-doors blind index {column}", 32)


@lru_cache(maxsize=32)
def _cipher(secret: str) -> AESGCM:
    return AESGCM(_derived(secret, "open-doors sealed values", 32))


def _open(cipher: AESGCM, body: bytes, about: bytes) -> str | None:
    try:
        return cipher.decrypt(body[:NONCE], body[NONCE:], about).decode()
    except (InvalidTag, ValueError):  # the latter: shorter than anything sealed here
        return None


def _without_key_id(sealed: bytes, about: str) -> str | None:
    """What was sealed before values named their key: by the product's secret of that time."""
    for secret in ring():
        cipher = AESGCM(_derived(secret, "open-doors sealed numbers", 32))
        if (opened := _open(cipher, sealed, about.encode())) is not None:
            return opened
    return None


def _derived(secret: str, purpose: str, length: int) -> bytes:
    made = HKDF(algorithm=SHA256(), length=length, salt=None, info=purpose.encode())
    return made.derive(secret.encode())
