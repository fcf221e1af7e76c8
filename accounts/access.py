"""Every address names who may open it, so that the list of addresses is the access matrix."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import URLPattern, path

from accounts import unsent
from accounts.hats import Acting, is_verified
from accounts.roles import Role

PUBLIC = "public"
SIGNED_IN = "signed in"
# For the pages on which somebody proves themselves, or acts in a role that needs no proof.
ENTERING = "signed in, before the second factor"

View = Callable[..., HttpResponseBase]
Who = str | tuple[str, ...]


def route(where: str, view: View, *, who: Who, name: str) -> URLPattern:
    """An address and who may open it: PUBLIC, SIGNED_IN, ENTERING, or roles, one of them worn.

    A test fails on an address without `who`.
    """
    roles = who if isinstance(who, tuple) else ()
    guarded = view if who == PUBLIC else _guarded(view, roles, proven=who != ENTERING)
    pattern: Any = path(where, guarded, name=name)
    pattern.who = who
    return pattern  # type: ignore[no-any-return]  # django's pattern carries one more attribute


def acting(request: HttpRequest) -> Acting:
    """Who acts in this request, typed."""
    return cast(Acting, request.acting)  # type: ignore[attr-defined]  # set by the middleware


def _guarded(view: View, roles: tuple[str, ...], *, proven: bool) -> View:
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        who = acting(request)
        if proven and who.needs_second_factor and not is_verified(request):
            return redirect("second_factor")
        if roles and who.role not in roles:
            if fitting := [hat for hat in who.hats if hat.role in roles]:
                return _other_hat(request, fitting)
            raise Http404
        return view(request, *args, **kwargs)

    signed_in = login_required(guarded)

    @wraps(view)
    def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method == "POST" and not request.user.is_authenticated:
            unsent.keep(request)
        return signed_in(request, *args, **kwargs)

    return asked


def _other_hat(request: HttpRequest, fitting: list[Any]) -> HttpResponseBase:
    """The page is for another of the reader's own roles: say so and offer to change."""
    context = {"fitting": fitting, "worn": Role(acting(request).role).label}
    return render(request, "accounts/other_hat.html", context, status=403)
