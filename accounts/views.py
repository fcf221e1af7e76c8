"""Pages about oneself: in which role one acts, the second factor, the language."""

from typing import cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from accounts.access import acting
from accounts.forms import ChangeHat, ChangeLanguage
from accounts.hats import HAT, is_verified
from accounts.mfa import factors_of
from accounts.models import User
from accounts.services import speak


def hats(request: HttpRequest) -> HttpResponse:
    """The memberships one holds; choosing another gives the session another key."""
    if request.method == "POST":
        form = ChangeHat(request.POST, hats=acting(request).hats)
        if form.is_valid():
            request.session[HAT] = form.cleaned_data["hat"]
            request.session.cycle_key()
            return redirect(_back(request, "home"))
    return render(request, "accounts/hats.html", {"acting": acting(request)})


def second_factor(request: HttpRequest) -> HttpResponse:
    """Why one proof is not enough for this role, and how to give the second."""
    who = acting(request)
    if is_verified(request) or not who.needs_second_factor:
        return redirect("home")
    context = {"acting": who, "factors": factors_of(cast(User, who.user))}
    return render(request, "accounts/second_factor.html", context)


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """The other language: kept with the person, and in this browser."""
    answer = redirect(_back(request, "home"))
    form = ChangeLanguage(request.POST)
    if form.is_valid():
        chosen = form.cleaned_data["language"]
        if isinstance(request.user, User):
            speak(request.user, chosen)
        answer.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            chosen,
            max_age=settings.LANGUAGE_COOKIE_AGE,
            secure=settings.SESSION_COOKIE_SECURE,
            samesite="Lax",
        )
    return answer


def _back(request: HttpRequest, default: str) -> str:
    where = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(where, allowed_hosts={request.get_host()})
    return where if safe else default
