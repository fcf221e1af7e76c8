"""Files that people hand in, made in the test."""

from datetime import datetime
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from accounts.models import User
from registry import documenting
from registry.models import REQUIRED, Application


def pdf(inside: str | bytes = "", trailer: str = "") -> bytes:
    """The smallest PDF with one empty page; `inside` is put among its objects."""
    more = inside.encode() if isinstance(inside, str) else inside
    return (
        b"%PDF-1.7\n1 0 obj <</Type /Catalog /Pages 2 0 R>> endobj\n"
        b"2 0 obj <</Type /Pages /Kids [3 0 R] /Count 1>> endobj\n"
        b"3 0 obj <</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842]>> endobj\n"
        + more
        + f"\ntrailer <</Root 1 0 R /Size 9{trailer}>>\n%%EOF\n".encode()
    )


def picture(kind: str = "PNG", size: tuple[int, int] = (40, 30), **saved: Any) -> bytes:
    """A picture of one colour."""
    into = BytesIO()
    Image.new("RGB", size, "#2a6b4f").save(into, kind, **saved)
    return into.getvalue()


def upload(content: bytes, name: str = "устав.pdf") -> SimpleUploadedFile:
    """As a form hands it over; the type the browser names decides nothing."""
    return SimpleUploadedFile(name, content, "application/octet-stream")


def hand_in(application: Application, by: User, at: datetime) -> None:
    """Everything an application has to have before it is sent."""
    for kind in REQUIRED:
        documenting.add(application, kind, upload(pdf(kind), f"{kind}.pdf"), by=by, at=at)
