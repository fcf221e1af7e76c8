"""How the tests open the screen of the gate, what they read there, and what they send."""

import re
from types import SimpleNamespace
from typing import Any

from django.test import Client

from tests.visits import receiving as make
from visits.models import Participation

GATE = "/gate/"
READY = {"document": "on", "healthy": "on"}


def here(cast: SimpleNamespace, *, role: str = "gate") -> Client:
    return make.signed_in(getattr(cast, role))


def html(client: Client, where: str = GATE) -> str:
    answer = client.get(where)
    assert answer.status_code == 200
    return make.words(answer)


def said(text: str) -> list[tuple[str, str]]:
    """Who is told what on the screen."""
    return re.findall(r'<span class="name">([^<]*)</span><span class="say">\s*([^<]*?)\s*<', text)


def name(part: Participation) -> str:
    return f"{part.volunteer.family_name} {part.volunteer.given_name}"


def post(client: Client, part: Participation, what: str, **typed: str) -> Any:
    data = {"key": make.key()} | typed
    return client.post(f"/gate/{part.pk}/{what}/", data)


def state(part: Participation) -> str:
    return Participation.objects.get(pk=part.pk).state
