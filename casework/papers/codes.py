"""The code under which anybody can check a paper: made at random, read with patience."""

import secrets
import unicodedata

from casework.models.papers import ALPHABET, LENGTH

# Signs that are not in the alphabet and the Cyrillic letters that look like one of it.
_READ_AS = str.maketrans(
    {
        **dict(zip("АВЕКМНРСТХУЗО", "ABEKMHPCTXY30", strict=True)),
        **{"Ё": "E", "О": "0", "O": "0", "I": "1", "L": "1", "І": "1", "Ѕ": "S", "Ј": "J"},
    }
)


def new_code() -> str:
    """Eighty random bits: nobody finds a paper by trying."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def read_code(typed: str) -> str:
    """The code as somebody typed it: spaces, hyphens, small and look-alike letters forgiven.

    An empty text where it cannot be a code.
    """
    plain = unicodedata.normalize("NFKC", typed).upper().translate(_READ_AS)
    kept = "".join(one for one in plain if one.isalnum())
    return kept if len(kept) == LENGTH and set(kept) <= set(ALPHABET) else ""
