"""Pages in tests: their words, and forms filled in as a person does."""

import re
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.utils.html import strip_tags

from face.typography import NO_BREAK


def words(answer: Any) -> str:
    assert answer.status_code == 200, answer.status_code
    plain = strip_tags(answer.content.decode()).replace(NO_BREAK, " ")
    return " ".join(plain.replace("&#x27;", "'").split())


def fill(client: Client, address: str, **typed: str) -> HttpResponse:
    """Type into the form, look at what it would mean, and record it."""
    found = re.findall(r'name="key" value="(\w+)"', client.get(address).content.decode())
    seen = client.post(address, {"key": found[0], **typed})
    sure = re.findall(r'name="sure" value="(\w+)"', seen.content.decode())
    if not sure:
        return seen
    return client.post(address, {"key": found[0], "sure": sure[0], **typed})
