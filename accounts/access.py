"""Every address names who may open it, so that the list of addresses is the access matrix."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponseBase
from django.urls import URLPattern, path

PUBLIC = "public"
SIGNED_IN = "signed in"

View = Callable[..., HttpResponseBase]


def route(where: str, view: View, *, who: str, name: str) -> URLPattern:
    """An address and who may open it; a test fails on an address without `who`."""
    guarded = view if who == PUBLIC else login_required(view)
    pattern: Any = path(where, guarded, name=name)
    pattern.who = who
    return pattern  # type: ignore[no-any-return]  # django's pattern carries one more attribute
