"""Links to files: signed, short-lived, and only for the person who asked for them.

The link is no right: whoever makes one has checked that this person may see the file now.
"""

from datetime import date, timedelta

from django.core import signing
from django.urls import reverse
from django.utils.http import urlsafe_base64_decode, urlsafe_base64_encode

from accounts.hats import Acting
from casework.models import File
from casework.parameters import rules_on

SALT = "casework.files.link"


class Expired(Exception):
    """The link was good, and its time is over."""


def link(file: File, acting: Acting) -> str:
    """An address that opens this file for this person in the next minutes, and for nobody else."""
    signed = signing.dumps([file.pk, acting.user.pk], salt=SALT)
    return reverse("file", args=[urlsafe_base64_encode(signed.encode())])


def followed(token: str, acting: Acting, on: date) -> File | None:
    """The file behind a link, None where it is not this person's; raises Expired."""
    signed = _decoded(token)
    try:
        pk, person = signing.loads(signed, salt=SALT)
    except signing.BadSignature:
        return None
    if acting.user.pk is None or person != acting.user.pk:
        return None
    minutes = rules_on(on).number("files.link_minutes")
    try:
        signing.loads(signed, salt=SALT, max_age=timedelta(minutes=minutes))
    except signing.SignatureExpired as error:
        raise Expired from error
    return File.objects.filter(pk=pk).first()


def _decoded(token: str) -> str:
    try:
        return urlsafe_base64_decode(token).decode("ascii")
    except ValueError:
        return ""
