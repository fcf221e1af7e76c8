"""Whether a PDF is pages and nothing else.

Not a reader of PDF: names are looked for in the bytes as they lie and in everything that zlib
unpacks. What is hidden in other ways (filters other than Flate, a chain of filters) is not
found; that is why a PDF is only ever given out as an attachment and never shown by us.
"""

import re
import zlib
from collections.abc import Iterator

from casework.files.wrong import ACTIVE, BROKEN, LOCKED, TOO_DEEP, Unfit

HEADER = re.compile(rb"%PDF-[12]\.\d")
# Nothing but blanks may follow the last mark of the end: an archive hung on would.
END = re.compile(rb"%%EOF[\s\x00]*\Z")
TAIL = 4096
# Each is long enough not to turn up by chance in a packed picture.
ACTS = (
    b"JavaScript",
    b"Launch",
    b"EmbeddedFile",
    b"EmbeddedFiles",
    b"RichMedia",
    b"Rendition",
    b"SubmitForm",
    b"ImportData",
    b"GoToE",
    b"XFA",
)
ENDS = rb"\x00\t\n\f\r ()<>\[\]{}/%"
BOUND = rb"(?=[" + ENDS + rb"]|\Z)"
PLAIN = re.compile(rb"/(?:" + b"|".join(ACTS) + b")" + BOUND)
# A name may spell any of its letters in hexadecimal: /J#61vaScript.
SPELT = re.compile(rb"/([^#" + ENDS + rb"]{0,30}#[0-9A-Fa-f]{2}[^" + ENDS + rb"]{0,60})")
LETTER = re.compile(rb"#([0-9A-Fa-f]{2})")
ENCRYPTED = re.compile(rb"/Encrypt" + BOUND)
# On opening a place may be shown, "[page /Fit]"; anything else is an action.
ON_OPENING = re.compile(rb"/OpenAction\s*(?!\s|\[)")
PACKED = re.compile(rb"stream[ \t]*(?:\r\n|\r|\n)(?=[\x08\x18\x28\x38\x48\x58\x68\x78])")
CHUNK, OVERLAP = 1 << 16, 128
# Bytes read and unpacked for one file, and what the beginning of a packed part costs.
MOST_WORK, START = 300_000_000, 4096


def judge(content: bytes) -> None:
    """Raise Unfit where it is damaged, locked, or holds more than pages."""
    if not HEADER.match(content) or not END.search(content[-TAIL:]):
        raise Unfit(BROKEN)
    _search(content)
    for piece in _unpacked(content):
        _search(piece)


def _search(piece: bytes) -> None:
    if ENCRYPTED.search(piece):
        raise Unfit(LOCKED)
    if PLAIN.search(piece) or ON_OPENING.search(piece):
        raise Unfit(ACTIVE)
    if b"#" in piece:
        for found in SPELT.finditer(piece):
            _search_spelt(b"/" + LETTER.sub(_letter, found.group(1)))


def _search_spelt(name: bytes) -> None:
    if ENCRYPTED.fullmatch(name):
        raise Unfit(LOCKED)
    if PLAIN.fullmatch(name) or name == b"/OpenAction":
        raise Unfit(ACTIVE)


def _letter(found: re.Match[bytes]) -> bytes:
    return bytes([int(found.group(1), 16)])


def _unpacked(content: bytes) -> Iterator[bytes]:
    """Everything packed, piece by piece: pieces overlap, so that no name is cut in two."""
    work = 0
    for found in PACKED.finditer(content):
        unpacker, at, last = zlib.decompressobj(), found.end(), b""
        work += START
        while not unpacker.eof and at < len(content):
            try:
                piece = unpacker.decompress(content[at : at + CHUNK], CHUNK)
            except zlib.error:
                break
            read = min(CHUNK, len(content) - at) - len(unpacker.unconsumed_tail)
            at += read
            work += read + len(piece)
            if work > MOST_WORK:
                raise Unfit(TOO_DEEP)
            if not piece and not read:
                break
            yield last + piece
            last = piece[-OVERLAP:]
