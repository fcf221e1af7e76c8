"""Taking a file in: what its bytes are decides, never its name or what the browser says."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import PurePosixPath
from typing import Any
from zoneinfo import ZoneInfo

from django.core.files.base import File as Upload
from django.db import transaction

from accounts.models import Organisation, User
from casework import trail
from casework.files import pdf, pictures, store
from casework.files.wrong import EMPTY, STRANGE, Unfit, too_large, too_many
from casework.models import File, MediaType
from casework.parameters import Rules, rules_on
from casework.process import Refused

MEGABYTE = 1_000_000
DAY = timedelta(days=1)
LONGEST_STEM = 150
BEGINNINGS = (
    (b"%PDF-", MediaType.PDF),
    (b"\xff\xd8\xff", MediaType.JPEG),
    (b"\x89PNG\r\n\x1a\n", MediaType.PNG),
)
ENDINGS = {
    MediaType.PDF: (".pdf",),
    MediaType.JPEG: (".jpg", ".jpeg"),
    MediaType.PNG: (".png",),
}
ENDING = re.compile(r"\.[A-Za-z][A-Za-z0-9]{1,4}\Z")
# What would cut a name off, lead elsewhere, or turn it around for the reader.
UNSAFE = re.compile(r'[<>:"/\\|?*]')
CONTROLS = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


@dataclass(frozen=True)
class Looked:
    """A file that may be kept: its bytes as they will lie, what they are, what it is called."""

    content: bytes
    sha256: str
    media_type: MediaType
    name: str


def take_in(
    upload: "Upload[Any]",
    *,
    owner: Organisation,
    by: User,
    at: datetime,
    field: str = "file",
) -> File:
    """Look through what was handed in and keep it; raises Refused with what is wrong."""
    looked = look(upload, owner=owner, at=at, field=field)
    return keep(looked, owner=owner, by=by, at=at, field=field)


def look(
    upload: "Upload[Any]", *, owner: Organisation, at: datetime, field: str = "file"
) -> Looked:
    """Look it through without writing anything; raises Refused with what is wrong."""
    try:
        return _look(upload, _rules(owner, at))
    except Unfit as unfit:
        raise Refused(unfit.beside(field)) from unfit


def keep(
    looked: Looked, *, owner: Organisation, by: User, at: datetime, field: str = "file"
) -> File:
    """Bytes, row and trail; raises Refused when the organisation handed in too much today."""
    most = _rules(owner, at).number("files.most_a_day")
    if File.objects.filter(owner=owner, uploaded_at__gt=at - DAY).count() >= most:
        raise Refused(Unfit(too_many(most)).beside(field))
    with transaction.atomic():
        file = File.objects.create(
            sha256=store.put(looked.content),
            size=len(looked.content),
            media_type=looked.media_type,
            name=looked.name,
            owner=owner,
            uploaded_by=by,
            uploaded_at=at,
        )
        trail.record(
            tenant=owner.pk,
            actor=by.pk,
            action="file.taken_in",
            subject=f"file:{file.pk}",
            values=f"{file.sha256}|{file.size}|{file.media_type}",
        )
    return file


def clean_name(name: str, media_type: MediaType) -> str:
    """The name as typed, safe to show and to save under; its ending says what the file is."""
    last = PurePosixPath(name.replace("\\", "/")).name
    kept = "".join(" " if unicodedata.category(one) in CONTROLS else one for one in last)
    kept = " ".join(UNSAFE.sub(" ", unicodedata.normalize("NFC", kept)).split()).strip(". ")
    found = ENDING.search(kept)
    stem, ending = (kept[: found.start()], found.group().lower()) if found else (kept, "")
    if ending not in ENDINGS[media_type]:
        ending = ENDINGS[media_type][0]
    return (stem[:LONGEST_STEM].strip(". ") or "file") + ending


def _look(upload: "Upload[Any]", rules: Rules) -> Looked:
    megabytes = rules.number("files.most_megabytes")
    upload.seek(0)
    # One byte more than allowed: what says it is small need not be.
    sent: bytes = upload.read(megabytes * MEGABYTE + 1)
    if not sent:
        raise Unfit(EMPTY)
    if len(sent) > megabytes * MEGABYTE:
        raise Unfit(too_large(megabytes))
    media_type = sniffed(sent)
    content = sent
    if media_type == MediaType.PDF:
        pdf.judge(sent)
    else:
        content = pictures.drawn_anew(sent, media_type, rules.number("files.most_megapixels"))
    name = clean_name(upload.name or "", media_type)
    return Looked(content, store.hash_of(content), media_type, name)


def sniffed(content: bytes) -> MediaType:
    """What the first bytes say it is; raises Unfit for anything that is not taken in."""
    for beginning, media_type in BEGINNINGS:
        if content.startswith(beginning):
            return media_type
    raise Unfit(STRANGE)


def _rules(owner: Organisation, at: datetime) -> Rules:
    return rules_on(at.astimezone(ZoneInfo(owner.zone)).date())
