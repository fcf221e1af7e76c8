"""Reading the environment: a value, the file a value lies in, or a loud failure."""

import os
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


def secret(name: str, default: str | None = None) -> str:
    """The value of NAME, or of the file that NAME_FILE points to, or the default.

    Raises ImproperlyConfigured where none of the three is there.
    """
    if path := os.environ.get(f"{name}_FILE"):
        return Path(path).read_text(encoding="utf-8").strip()
    value = os.environ.get(name, default)
    if value is None:
        raise ImproperlyConfigured(f"Set {name}, or {name}_FILE to a file that holds it.")
    return value


def database(url: str, role: str) -> dict[str, Any]:
    """Django's database settings for a postgres:// address.

    `role` is the role every connection takes on; empty means the owner, for migrations only.
    """
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured("DATABASE_URL must begin with postgres://")
    query = dict(parse_qsl(parts.query))
    # Pages join a dozen small tables in the order they are written: searching for a better order
    # costs more than it finds.
    options = ["-c join_collapse_limit=3", *([f"-c role={role}"] if role else [])]
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"options": " ".join(options), **query},
    }
