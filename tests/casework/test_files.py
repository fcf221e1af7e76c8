"""Files that people hand in: what is taken, what is refused and in which words."""

import resource
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from accounts.hats import Acting
from accounts.roles import Role
from casework.files import store, take_in
from casework.files.intake import clean_name
from casework.models import Entry, File, MediaType
from casework.process import Refused
from tests import factories as make
from tests.casework.handing_in import NOW, kept, taken
from tests.casework.hostile_files import HOSTILE, packed
from tests.uploads import pdf, picture, upload

MEGABYTE = 1_000_000
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("folder")]


@pytest.mark.parametrize(("name", "content", "code"), HOSTILE.values(), ids=HOSTILE.keys())
def test_what_is_not_pages_is_refused_in_words(
    head: Acting, folder: Path, name: str, content: bytes, code: str
) -> None:
    with pytest.raises(Refused) as refused:
        taken(head, content, name)
    (one,) = refused.value.objections
    assert (one.code, one.field) == (code, "file")
    assert str(one.text).endswith(".")
    assert str(one.remedy).endswith(".")
    assert not File.objects.exists()
    assert list(folder.glob("*/*")) == []


def test_looking_through_takes_little_memory(head: Acting) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for name, content, _code in HOSTILE.values():
        with pytest.raises(Refused):
            taken(head, content, name)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 300_000  # kilobytes


ORDINARY = {
    "as an office programme saves it": "7 0 obj <</OpenAction[3 0 R /XYZ null null 0]>> endobj",
    "shown at a page": "7 0 obj <</OpenAction [3 0 R /Fit] >> endobj",
    "with links": "7 0 obj <</S /URI /URI (https://example.org)>> endobj",
    "with words about scripts": "7 0 obj (JavaScript, Launch, EmbeddedFile) endobj",
    "with longer names": "7 0 obj <</JavaScripts 1 /Launcher 2 /Encrypts 3>> endobj",
    "with packed pages": packed("BT /F1 12 Tf (abc) Tj ET", "/Filter /FlateDecode"),
    "with names spelt out": "7 0 obj <</Times#20New#20Roman 1>> endobj",
}


@pytest.mark.parametrize("inside", ORDINARY.values(), ids=ORDINARY.keys())
def test_an_ordinary_pdf_is_kept_as_it_is(head: Acting, inside: str | bytes) -> None:
    content = pdf(inside)
    file = taken(head, content)
    assert kept(file) == content
    assert file.sha256 == store.hash_of(content)
    assert (file.size, file.media_type, file.name) == (len(content), MediaType.PDF, "устав.pdf")
    assert (file.owner, file.uploaded_by, file.uploaded_at) == (head.organisation, head.user, NOW)


def test_a_pdf_with_blanks_after_its_end_is_taken(head: Acting) -> None:
    assert taken(head, pdf() + b"\r\n\x00\x00 \n").media_type == MediaType.PDF


def test_handing_in_stands_in_the_trail_without_the_name(head: Acting) -> None:
    file = taken(head, pdf())
    entry = Entry.objects.get(action="file.taken_in")
    assert (entry.actor, entry.subject) == (head.user.pk, f"file:{file.pk}")
    assert len(entry.digest) == 64


def photograph(**more: Any) -> bytes:
    """With a place, a maker, a comment, and turned on its side."""
    exif = Image.Exif()
    exif[0x010F], exif[0x0112] = "Canary Camera", 6
    exif.get_ifd(0x8825).update({1: "N", 2: (55.0, 45.0, 7.0)})
    return picture("JPEG", (40, 30), exif=exif, comment=b"canary comment", **more)


def test_a_photograph_loses_its_place_and_keeps_its_side(head: Acting) -> None:
    sent = photograph()
    assert b"Canary" in sent
    assert b"canary" in sent
    file = taken(head, sent + b"<script>canary</script>", "скан.jpeg")
    found = kept(file)
    assert b"anary" not in found
    assert b"Exif" not in found
    with Image.open(BytesIO(found)) as image:
        assert (image.size, dict(image.getexif()), image.format) == ((30, 40), {}, "JPEG")
    assert file.sha256 == store.hash_of(found)
    assert (file.size, file.name) == (len(found), "скан.jpeg")


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16", "CMYK"])
def test_a_picture_of_any_sort_is_drawn_anew(head: Acting, mode: str) -> None:
    into = BytesIO()
    kind = "JPEG" if mode == "CMYK" else "PNG"
    Image.new(mode, (20, 10)).save(into, kind)
    file = taken(head, into.getvalue(), "скан")
    with Image.open(BytesIO(kept(file))) as image:
        image.load()
        assert (image.size, image.format) == ((20, 10), kind)
        assert (
            not set(image.info)
            - {"transparency", "jfif", "jfif_version", "jfif_unit"}
            - {"jfif_density"}
        )


def test_deep_grey_stays_grey(head: Acting) -> None:
    into = BytesIO()
    Image.new("I;16", (2, 2), 32768).save(into, "PNG")
    with Image.open(BytesIO(kept(taken(head, into.getvalue(), "скан.png")))) as image:
        assert (image.mode, image.getpixel((0, 0))) == ("L", 128)


@pytest.mark.parametrize(
    ("content", "typed", "shown"),
    [
        (pdf(), "устав.docx", "устав.pdf"),
        (pdf(), "Устав.PDF", "Устав.pdf"),
        (pdf(), "устав.html", "устав.pdf"),
        (pdf(), "Устав от 12.05.2024", "Устав от 12.05.2024.pdf"),
        (picture("JPEG"), "скан.png", "скан.jpg"),
        (picture("PNG"), "скан.jpg", "скан.png"),
        (picture("PNG"), "скан.png", "скан.png"),
    ],
)
def test_the_bytes_say_what_it_is_and_the_name_follows(
    head: Acting, content: bytes, typed: str, shown: str
) -> None:
    assert taken(head, content, typed).name == shown


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\Анна\\устав.pdf", "устав.pdf"),
        ("устав\x00\r\nSet-Cookie: a.pdf", "устав Set-Cookie a.pdf"),
        ("устав\u202efdp.exe", "устав fdp.pdf"),
        ('<img src=x>"устав".pdf', "img src=x устав.pdf"),
        (".pdf", "pdf.pdf"),
        ("...", "file.pdf"),
        ("", "file.pdf"),
        ("я" * 400 + ".pdf", "я" * 150 + ".pdf"),
    ],
)
def test_a_name_is_only_shown_and_harmless(typed: str, shown: str) -> None:
    assert clean_name(typed, MediaType.PDF) == shown


def test_a_file_says_its_true_size(head: Acting) -> None:
    sent = upload(b"\xff\xd8\xff" + bytes(10 * MEGABYTE), "скан.jpg")
    sent.size = 5
    with pytest.raises(Refused) as refused:
        take_in(sent, owner=head.organisation, by=head.user, at=NOW, field="charter")  # type: ignore[arg-type]
    assert [(one.code, one.field) for one in refused.value.objections] == [("large", "charter")]


def test_ten_megabytes_are_taken(head: Acting) -> None:
    filled = pdf(b"%" + b"x" * (10 * MEGABYTE - len(pdf()) - 1))
    assert len(filled) == 10 * MEGABYTE
    assert taken(head, filled).size == 10 * MEGABYTE


def test_one_organisation_cannot_fill_the_disk_in_a_day(head: Acting) -> None:
    for number in range(60):
        taken(head, pdf(f"% {number}"))
    with pytest.raises(Refused) as refused:
        taken(head, pdf("% one more"))
    assert [one.code for one in refused.value.objections] == ["many"]
    other = make.acting(make.member(make.organisation("ngo"), Role.HEAD))
    assert taken(other, pdf("% one more")).pk
    assert taken(head, pdf("% one more"), at=NOW + timedelta(days=1)).pk
