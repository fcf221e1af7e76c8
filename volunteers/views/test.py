"""The pages of the knowledge test."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from volunteers.forms.test import Chosen, Start
from volunteers.queries import test as queries
from volunteers.queries.test_result import result as result_of
from volunteers.services import test as services


class SignedIn(HttpRequest):
    """A request behind the sign-in guard."""

    user: User


@never_cache
@require_safe
def overview(request: SignedIn) -> HttpResponse:
    """Why, how long, how many tries are left, what was tried, and the button to begin."""
    at = timezone.now()
    services.current(request.user, at)
    context = {"form": Start(), **queries.overview(request.user, at)}
    return render(request, "volunteers/test.html", context)


@never_cache
@require_POST
def start(request: SignedIn) -> HttpResponse:
    """Begin, or go on with the try under way."""
    at, form = timezone.now(), Start(request.POST)
    if not form.is_valid():
        context = {"form": form, **queries.overview(request.user, at)}
        return render(request, "volunteers/test.html", context)
    try:
        attempt = services.start(request.user, form.cleaned_data["tier"], at)
    except services.MustWait:
        return redirect("test")
    return redirect("test-question", n=queries.progress(attempt, at).first)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def question(request: SignedIn, n: int) -> HttpResponse:
    """One question; sending it keeps the answer and goes where the button says."""
    at = timezone.now()
    attempt = services.current(request.user, at)
    if attempt is None:
        return _over(request)
    asked = queries.shown(attempt, n)
    if asked is None:
        raise Http404
    form = Chosen(asked, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        kept = services.answer(attempt, n, form.places(), at)
        return _onward(request, n, len(attempt.paper)) if kept else _over(request)
    context = {"asked": asked, "form": form, "progress": queries.progress(attempt, at)}
    return render(request, "volunteers/test-question.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: SignedIn) -> HttpResponse:
    """All questions with or without an answer; sending it finishes the try."""
    at = timezone.now()
    attempt = services.current(request.user, at)
    if attempt is None:
        return _over(request)
    if request.method == "POST":
        return redirect("test-result", attempt=services.finish(attempt, at).pk)
    context = {"lines": queries.outline(attempt), "progress": queries.progress(attempt, at)}
    return render(request, "volunteers/test-check.html", context)


@never_cache
@require_safe
def result(request: SignedIn, attempt: int) -> HttpResponse:
    """What came out, what to learn, what can be done now."""
    context = result_of(request.user, attempt, timezone.now())
    if context is None:
        raise Http404
    return render(request, "volunteers/test-result.html", context)


def _onward(request: SignedIn, n: int, total: int) -> HttpResponse:
    go = request.POST.get("go")
    if go == "back" and n > 1:
        return redirect("test-question", n=n - 1)
    if go == "check" or n >= total:
        return redirect("test-check")
    return redirect("test-question", n=n + 1)


def _over(request: SignedIn) -> HttpResponse:
    """There is no try under way: the last result, or the first page where there is none."""
    last = queries.latest(request.user)
    return redirect("test-result", attempt=last.pk) if last else redirect("test")
