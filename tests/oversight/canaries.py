"""Where a secret could come to light: addresses of pages, the broker and cache, a dump."""

import base64
import json
import re
import subprocess
import zlib
from typing import Any

import redis
from django.conf import settings
from django.db import connection
from django.test import Client

from bootstrap.identity import binaries

DATABASES = 16


class Walker:
    """A browser that keeps every address it was at or was shown, and every page's title."""

    def __init__(self, client: Client) -> None:
        self.client, self.addresses, self.titles = client, list[str](), list[str]()

    def get(self, where: str) -> Any:
        """Open a page."""
        return self._keep(where, self.client.get(where))

    def post(self, where: str, typed: dict[str, Any]) -> Any:
        """Send a form."""
        return self._keep(where, self.client.post(where, typed))

    def _keep(self, where: str, answer: Any) -> Any:
        assert answer.status_code in (200, 302), (where, answer.status_code)
        self.addresses += [where, answer.headers.get("Location", "")]
        self.addresses.append(answer.headers.get("Content-Disposition", ""))
        if answer.headers.get("Content-Type", "").startswith("text/html"):
            page = answer.content.decode()
            self.addresses += re.findall(r'(?:href|action|src)="([^"]*)"', page)
            self.titles += re.findall(r"<title>(.*?)</title>", page, re.DOTALL)
        return answer


def in_valkey() -> bytes:
    """Everything in every database of Valkey: keys, values, and the bodies of messages."""
    found = b""
    for number in range(DATABASES):
        store = redis.Redis.from_url(settings.REDIS_URL, db=number)
        for key in store.scan_iter("*"):
            found += key + b"\n" + _value(store, key) + b"\n"
    return found


def messages() -> int:
    """How many tasks wait in the broker."""
    waiting: Any = redis.Redis.from_url(settings.REDIS_URL).llen("celery")
    return int(waiting)


def _value(store: Any, key: bytes) -> bytes:
    kind = store.type(key)
    if kind == b"list":
        return b"\n".join(_message(one) for one in store.lrange(key, 0, -1))
    if kind == b"string":
        return bytes(store.get(key))
    if kind == b"hash":
        return repr(store.hgetall(key)).encode()
    return repr(store.smembers(key) if kind == b"set" else store.zrange(key, 0, -1)).encode()


def _message(raw: bytes) -> bytes:
    """A message of the broker with its body decoded."""
    try:
        return raw + base64.b64decode(json.loads(raw)["body"])
    except (ValueError, KeyError, TypeError):
        return raw


def dump(database: str) -> str:
    """What a backup of the whole database would say."""
    where = connection.settings_dict
    address = f"postgres://{where['USER']}@/{database}?host={where['HOST']}"
    made = subprocess.run(
        [binaries() / "pg_dump", address], capture_output=True, text=True, check=True
    )
    return made.stdout


def sessions() -> str:
    """What lies in the sessions, unpacked."""
    with connection.cursor() as cursor:
        cursor.execute("select session_data from django_session")
        return "\n".join(_unpacked(row) for (row,) in cursor.fetchall())


def _unpacked(data: str) -> str:
    packed, body = data.startswith("."), data.lstrip(".").split(":")[0]
    raw = base64.urlsafe_b64decode(body + "=" * (-len(body) % 4))
    return (zlib.decompress(raw) if packed else raw).decode("unicode_escape", "replace")


def shapes(secret: str) -> list[str]:
    """A secret as it stands, as bytes in a dump, as JSON writes it and in base64."""
    raw = secret.encode()
    return [secret, raw.hex(), json.dumps(secret)[1:-1], base64.b64encode(raw).decode()[:-4]]
