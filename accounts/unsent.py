"""A form that was sent after its session had ended: kept until its sender has signed in again."""

from typing import Any

from django.http import HttpRequest

UNSENT = "unsent"
LARGEST = 20_000
# The number of a paper lies nowhere but sealed.
NEVER_KEPT = {"csrfmiddlewaretoken", "password", "number", "key", "seen", "confirmed"}


def keep(request: HttpRequest) -> None:
    """Put what was typed into the (still nameless) session, under the page's address."""
    typed = {name: values for name, values in request.POST.lists() if name not in NEVER_KEPT}
    if typed and sum(len(value) for values in typed.values() for value in values) < LARGEST:
        request.session[UNSENT] = {"path": request.path, "typed": typed}


def unsent(request: HttpRequest) -> dict[str, Any]:
    """What was typed on this page before the session was lost; given back once."""
    kept = request.session.get(UNSENT)
    if request.method != "GET" or not kept or kept["path"] != request.path:
        return {}
    del request.session[UNSENT]
    return {name: v if len(v) > 1 else v[0] for name, v in kept["typed"].items()}
