"""The Department's pages of the bank of questions: reading it, writing, approving."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from accounts.access import acting
from accounts.models import User
from accounts.unsent import unsent
from casework.parameters import rules_on
from casework.process import Refused
from casework.views.case import visible_detail
from registry.queries.cursors import Cursor
from volunteers.bank import pages
from volunteers.bank.content import of_version
from volunteers.bank.proposing import propose
from volunteers.forms.bank import BankForm, ChangeForm, QuestionForm, RetireForm, VersionForm, typed
from volunteers.models import QuestionChange, QuestionVersion
from volunteers.queries import bank
from volunteers.queries import test as tries

View = Callable[..., HttpResponse]


def closed_to_takers(view: View) -> View:
    """Whoever takes the test at this moment does not see its answers, in whichever hat."""

    @never_cache
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        assert isinstance(request.user, User)  # noqa: S101  (behind the sign-in guard)
        attempt = tries.under_way(request.user)
        if attempt and not attempt.is_out_of_time(timezone.now()):
            context = {"until": attempt.deadline_at}
            return render(request, "volunteers/bank-closed.html", context, status=403)
        return view(request, *args, **kwargs)

    return guarded


@closed_to_takers
def questions(request: HttpRequest) -> HttpResponse:
    """Every question with its figures, and the changes that wait for a second person."""
    on = timezone.localdate()
    rules = rules_on(on)
    form = BankForm(request.GET, types=pages.types(on, rules))
    context: dict[str, Any] = {"form": form, "waiting": bank.changes_waiting()}
    if wanted := form.wanted():
        after = Cursor.from_text(request.GET.get("after", ""))
        context |= pages.of_bank(wanted, after, on, rules)
        context |= {"further": after is not None, "address": _without_place(request)}
    return render(request, "volunteers/bank.html", context)


@closed_to_takers
def question(request: HttpRequest, code: str) -> HttpResponse:
    """One question: what it says, how it was answered, what its versions changed."""
    versions = _versions(code)
    context = pages.of_question(versions, timezone.localdate())
    return render(request, "volunteers/bank-question.html", context)


@closed_to_takers
def new(request: HttpRequest) -> HttpResponse:
    """A new question, or one that was sent back, written anew."""
    filled = unsent(request) or _sent_back(request)
    return _write(request, QuestionForm(request.POST or None, filled, types=_types()))


@closed_to_takers
def version(request: HttpRequest, code: str) -> HttpResponse:
    """A new version of a question, written from the one that is asked."""
    last = _versions(code)[0]
    filled = unsent(request) or _sent_back(request) or typed(of_version(last))
    return _write(request, VersionForm(request.POST or None, filled, types=_types()), last)


@closed_to_takers
def retire(request: HttpRequest, code: str) -> HttpResponse:
    """Why a question is to be asked no more."""
    return _write(request, RetireForm(request.POST or None, unsent(request)), _versions(code)[0])


@closed_to_takers
def change(request: HttpRequest, ref: str) -> HttpResponse:
    """What was and what will be, side by side; whoever may approves it here."""
    detail = _change(request, ref)
    context = pages.of_change(detail, acting(request), timezone.now())
    return render(request, "volunteers/bank-change.html", context)


def _types() -> list[tuple[str, str]]:
    on = timezone.localdate()
    return pages.types(on, rules_on(on))


def _change(request: HttpRequest, ref: str) -> QuestionChange:
    detail = visible_detail(request, ref)
    if not isinstance(detail, QuestionChange):
        raise Http404
    return detail


def _versions(code: str) -> list[QuestionVersion]:
    found = bank.versions_of(code)
    if not found:
        raise Http404
    return found


def _sent_back(request: HttpRequest) -> dict[str, Any]:
    """The words of an earlier proposal, where the address names one."""
    ref = request.GET.get("from", "")
    return typed(_change(request, ref).content) if ref else {}


def _write(
    request: HttpRequest, form: ChangeForm, follows: QuestionVersion | None = None
) -> HttpResponse:
    if request.method == "POST" and form.is_valid() and (made := _propose(request, form, follows)):
        return redirect("question-change", made.case.ref)
    page = "write" if isinstance(form, VersionForm) else "retire"
    return render(request, f"volunteers/bank-{page}.html", {"form": form, "follows": follows})


def _propose(
    request: HttpRequest, form: ChangeForm, follows: QuestionVersion | None
) -> QuestionChange | None:
    key, at = form.cleaned_data["key"], timezone.now()
    try:
        return propose(form.draft(follows), by=acting(request), at=at, key=key)
    except Refused as refused:
        form.refuse(refused)
        return None


def _without_place(request: HttpRequest) -> str:
    """The search as part of an address: what is filled in, without the place in the list."""
    asked = request.GET.copy()
    for name in [name for name, value in asked.items() if not value or name == "after"]:
        del asked[name]
    return asked.urlencode()
