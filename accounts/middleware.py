"""Puts who acts on the request, so that views, templates and the guard ask one object."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.functional import SimpleLazyObject

from accounts.hats import of_request
from accounts.models import User


class ActingMiddleware:
    """`request.acting`, looked up on first use; a signed-in reader's kept language is used."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Attach and go on."""
        request.acting = SimpleLazyObject(lambda: of_request(request))  # type: ignore[attr-defined]  # ours
        user = request.user
        if isinstance(user, User) and user.language:
            translation.activate(user.language)
            request.LANGUAGE_CODE = user.language
        return self.get_response(request)
