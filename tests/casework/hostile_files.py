"""Files that are not what they say or say more than pages, made here, each with its reason."""

import struct
import zlib
from io import BytesIO

from PIL import Image

from tests.uploads import pdf, picture

HTML = b"<html><script>alert(document.cookie)</script></html>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
ZIP = b"PK\x03\x04" + bytes(26) + b"PK\x05\x06" + bytes(18)
JS = "/JavaScript /JS (app.alert(1))"


def packed(inside: str, head: str = "/Type /ObjStm /Filter /FlateDecode") -> bytes:
    """An object that a byte scan alone would not see."""
    body = zlib.compress(inside.encode())
    return b"8 0 obj <<" + head.encode() + b">> stream\r\n" + body + b"\nendstream endobj"


def wide_png(width: int, height: int) -> bytes:
    """Few bytes that unpack to a picture of this size."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        )

    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    rows = zlib.compress(bytes(1 + width // 8) * 100)
    body = chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def bomb_pdf() -> bytes:
    """A packed part that unpacks to more than anybody should look through."""
    part = b"stream\n" + zlib.compress(bytes(120_000_000), 9) + b"\nendstream\n"
    return pdf(part * 3)


def gif() -> bytes:
    into = BytesIO()
    Image.new("P", (3, 3)).save(into, "GIF")
    return into.getvalue()


HOSTILE: dict[str, tuple[str, bytes, str]] = {
    "a page called a PDF": ("устав.pdf", HTML, "strange"),
    "a page behind a comment of PDF": ("устав.pdf", b"<!-- %PDF-1.7 -->" + HTML, "strange"),
    "a drawing with a script": ("схема.svg", SVG, "strange"),
    "a drawing called a picture": ("схема.png", SVG, "strange"),
    "an archive": ("устав.docx", ZIP, "strange"),
    "a programme": ("устав.pdf", b"MZ\x90\x00" + pdf(), "strange"),
    "a picture of another kind": ("скан.gif", gif(), "strange"),
    "words": ("устав.txt", "Устав".encode(), "strange"),
    "nothing": ("устав.pdf", b"", "empty"),
    "more than the cap": ("скан.jpg", b"\xff\xd8\xff" + bytes(10_000_001), "large"),
    "a PDF without its end": ("устав.pdf", pdf()[:-8], "broken"),
    "a PDF cut short": ("устав.pdf", pdf()[:80], "broken"),
    "only the first bytes of a PDF": ("устав.pdf", b"%PDF-", "broken"),
    "a PDF with an archive hung on": ("устав.pdf", pdf() + ZIP, "broken"),
    "a PDF with a page hung on": ("устав.pdf", pdf() + HTML, "broken"),
    "a picture cut short": ("скан.png", picture(size=(400, 400))[:-60], "broken"),
    "a photograph cut short": ("скан.jpg", picture("JPEG", (400, 400))[:300], "broken"),
    "only the first bytes of a photograph": ("скан.jpg", b"\xff\xd8\xff\xe0", "broken"),
    "only the first bytes of a picture": ("скан.png", b"\x89PNG\r\n\x1a\n", "broken"),
    "few bytes, many pixels": ("скан.png", wide_png(60_000, 50_000), "wide"),
    "somewhat too many pixels": ("скан.png", wide_png(8_000, 8_000), "wide"),
    "an encrypted PDF": ("устав.pdf", pdf(trailer=" /Encrypt 7 0 R"), "locked"),
    "an encrypted PDF, spelt out": ("устав.pdf", pdf(trailer=" /Encr#79pt 7 0 R"), "locked"),
    "a PDF that unpacks without end": ("устав.pdf", bomb_pdf(), "too_deep"),
}
ACTIVE = {
    "a script": f"7 0 obj <</S {JS}>> endobj",
    "a script, spelt in part": "7 0 obj <</S /J#61vaScript /JS (x)>> endobj",
    "a script, spelt whole": "7 0 obj <</S /#4a#61#76#61#53#63#72#69#70#74>> endobj",
    "a script after another name": "7 0 obj <</Names/J#61vaScript>> endobj",
    "a script in a packed object": packed(f"1 0 <</S {JS}>>"),
    "a script in a packed object without a type": packed(f"1 0 <</S {JS}>>", "/Length 9"),
    "a programme to start": "7 0 obj <</S /Launch /F (cmd.exe)>> endobj",
    "a programme to start, packed": packed("1 0 <</S /L#61unch /F (cmd.exe)>>"),
    "another file inside": "7 0 obj <</Type /EmbeddedFile>> endobj",
    "a list of files inside": "7 0 obj <</Names <</EmbeddedFiles 8 0 R>> >> endobj",
    "an action on opening": "7 0 obj <</OpenAction 8 0 R>> endobj",
    "an address on opening": "7 0 obj <</OpenAction<</S /URI>> >> endobj",
    "an action on opening, spelt": "7 0 obj <</Open#41ction [3 0 R /Fit]>> endobj",
    "a form that sends itself": "7 0 obj <</S /SubmitForm /F (https://example.net)>> endobj",
    "a moving picture": "7 0 obj <</Subtype /RichMedia>> endobj",
    "a form of the other kind": "7 0 obj <</AcroForm <</XFA 8 0 R>> >> endobj",
}
HOSTILE |= {name: ("устав.pdf", pdf(inside), "active") for name, inside in ACTIVE.items()}
