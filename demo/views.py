"""Choosing whom to be, and reading everybody's letters."""

from allauth.account.internal.flows.login import record_authentication
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from accounts.hats import HAT
from accounts.models import User
from demo.cast import CAST, shown
from demo.letters import sent

BACKEND = "accounts.backends.WithHats"


def cast(request: HttpRequest) -> HttpResponse:
    """Everybody in the cast, what they do, and what waits for them now."""
    return render(request, "demo/cast.html", {"cast": shown()})


@require_POST
def act_as(request: HttpRequest, name: str) -> HttpResponse:
    """Sign in as one of the cast; the one click counts as their second factor here."""
    player = CAST.get(name)
    user = User.objects.filter(email=player.email).first() if player else None
    if user is None:
        raise Http404
    language = request.LANGUAGE_CODE
    login(request, user, backend=BACKEND)
    record_authentication(request, user, method="demo")
    request.session.pop(HAT, None)
    response = redirect("start")
    response.set_cookie("django_language", language)
    return response


def mail(request: HttpRequest) -> HttpResponse:
    """Every letter that was sent, the newest first."""
    return render(request, "demo/mail.html", {"letters": sent()})
