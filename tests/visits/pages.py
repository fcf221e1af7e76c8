"""How the tests open the pages of the asking side, and what they type into them."""

from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from institutions.models import Slot
from tests.institutions import doing
from tests.visits import receiving as make

# The session, the reader, their hats, what is new for them, and the menu's count.
FRAME = 5


def asked(client: Client, url: str) -> tuple[str, int]:
    """The page in words, and how many queries it took beside its frame."""
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(url)
    assert answer.status_code == 200, url
    return make.words(answer), len(queries) - FRAME


def new(slot: Slot) -> str:
    return f"/visits/new/{slot.pk}/"


def typed(**changes: Any) -> dict[str, Any]:
    """A request that is filled in, but for these changes."""
    whole = {
        "key": make.key(),
        "type": str(doing.type_("T01")),
        "programme": "Читаем вслух",
        "well": "on",
    }
    return whole | changes


def booked_by(client: Client, slot: Slot, **changes: Any) -> Any:
    """The answer to a request that is sent at once."""
    return client.post(new(slot), typed(send="1", **changes))
