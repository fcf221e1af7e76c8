"""Knowing a person again without keeping who they are: spellings folded, then a keyed digest.

What looks alike is folded into one form (ё and е, case, spaces, hyphens, letters of other scripts
that look Russian); of the form only an HMAC is kept. Without the key nothing can be tried out.
"""

import hmac
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import combinations, product

from accounts.lookalikes import ALIASES, DIGRAPHS, DOTLESS, LOOKALIKES, SOUNDS, VOWEL
from accounts.sealing import index_key

NAME, EMAIL, PHONE = "name", "email", "phone"
KINDS = (NAME, EMAIL, PHONE)
Mark = tuple[str, str]
MOST_PARTS = 8  # of one name; more is no name
OWN_DIGITS, LEAST_DIGITS = 10, 7  # of a Russian number without its prefix; of any number
_APART = re.compile(r"[\s\-‐-―_.,/·•]+")
_EXTENSION = re.compile(r"(доб|ext|вн).*$", re.IGNORECASE | re.DOTALL)
_SEVERAL = re.compile(r"[,;/]|\bили\b")


@dataclass(frozen=True)
class Identity:
    """What a person says of themselves; the phone may hold several numbers."""

    family_name: str = ""
    given_name: str = ""
    patronymic: str = ""
    born_on: date | None = None
    email: str = ""
    phone: str = ""


class BlindIndex:
    """The digests of identities under today's keys, one key for each kind."""

    def __init__(self) -> None:
        self._keys = {kind: index_key(f"person {kind}") for kind in KINDS}

    def kept(self, who: Identity) -> frozenset[Mark]:
        """What is kept of somebody who is barred: name with birthday, address, numbers.

        The given name stands in every pair: twins are told apart.
        """
        family, given, patronymic = _fields(who)
        whole = [*product(family, given), *product(given, patronymic)]
        if not (family and given):
            whole = list(combinations((*family, *given, *patronymic), 2))
        return frozenset(self._marks(who, whole))

    def sought(self, who: Identity) -> frozenset[Mark]:
        """By what somebody is compared: their names in whatever order and fields."""
        parts = [part for field in _fields(who) for part in field]
        return frozenset(self._marks(who, combinations(parts, 2)))

    def _marks(self, who: Identity, pairs: Iterable[tuple[str, str]]) -> Iterator[Mark]:
        # Without a birthday a name says too little: thousands share it.
        if who.born_on is not None:
            for pair in pairs:
                yield self._mark(NAME, f"{'|'.join(sorted(pair))}|{who.born_on.isoformat()}")
        if address := folded_email(who.email):
            yield self._mark(EMAIL, address)
        for number in folded_phones(who.phone):
            yield self._mark(PHONE, number)

    def _mark(self, kind: str, text: str) -> Mark:
        return kind, hmac.digest(self._keys[kind], text.encode(), "sha256").hex()


def folded(text: str) -> list[str]:
    """The words of a name in the one form that everything looking like it has."""
    seen = DIGRAPHS.sub("л", unicodedata.normalize("NFKC", text))
    letters = (_looks_like(char) for char in unicodedata.normalize("NFD", seen))
    return [word for word in _APART.split("".join(letters)) if word]


def folded_email(address: str) -> str:
    """The mailbox that an address ends up in: without tags, case, and dots that do not count."""
    local, at, domain = unicodedata.normalize("NFKC", address).strip().casefold().rpartition("@")
    if not at:
        return ""
    domain = ALIASES.get(domain, domain)
    local = local.partition("+")[0]
    if domain in DOTLESS:
        local = local.replace(".", DOTLESS[domain])
    return f"{local}@{domain}"


def folded_phones(text: str) -> list[str]:
    """The digits of each number; a Russian one without 7 or 8 before it."""
    found = []
    for one in _SEVERAL.split(unicodedata.normalize("NFKC", text)):
        digits = "".join(char for char in _EXTENSION.sub("", one) if char.isdecimal())
        if len(digits) >= LEAST_DIGITS:
            found.append(digits[-OWN_DIGITS:])
    return found


def _looks_like(char: str) -> str:
    if unicodedata.category(char) in {"Mn", "Me", "Mc", "Cf", "Cc"} and not char.isspace():
        return ""
    if char in LOOKALIKES:
        return LOOKALIKES[char]
    lower = char.casefold()
    lower = LOOKALIKES.get(lower, lower)
    return lower if lower.isalpha() or _APART.fullmatch(lower) else ""


def _fields(who: Identity) -> list[list[str]]:
    """For each field its forms: run together, word by word, and as Latin letters sound."""
    fields = (who.family_name, who.given_name, who.patronymic)
    return [list(dict.fromkeys(_forms(text)))[:MOST_PARTS] for text in fields]


def _forms(text: str) -> Iterator[str]:
    for words in filter(None, (folded(text), folded(_sounded(text)))):
        yield "".join(words)
        yield from (word for word in words if len(word) > 1)


def _sounded(text: str) -> str:
    """A name written in Latin letters throughout, as it sounds in Russian; otherwise nothing."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    if not plain or not all(char.isascii() for char in plain):
        return ""
    plain = VOWEL.sub("ы", plain)
    for latin, russian in SOUNDS:
        plain = plain.replace(latin, russian)
    return plain
