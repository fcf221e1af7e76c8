"""The rulebook: every number that holds on a day, and proposing a change of one."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from accounts.access import acting
from accounts.roles import Role
from accounts.unsent import unsent
from casework import rulebook
from casework.forms.rules import DayOfRules, RuleForm
from casework.models import RuleChange
from casework.process import Refused
from casework.services import rules

PROPOSERS = (Role.REGISTRAR, Role.CHIEF)


def rules_page(request: HttpRequest) -> HttpResponse:
    """Every number in force on a day, by group, with what was before and what comes."""
    today = timezone.localdate()
    form = DayOfRules(request.GET if request.GET.get("on") else None, initial={"on": today})
    on = form.cleaned_data["on"] if form.is_valid() else today
    staff = acting(request).role in PROPOSERS
    context = {
        "form": form,
        "on": on,
        "today": today,
        "edition": rulebook.edition_on(on),
        "groups": rulebook.groups(on),
        "proposes": staff and on == today,
        "waiting": rulebook.waiting() if staff else [],
    }
    return render(request, "casework/rules.html", context)


def change(request: HttpRequest, code: str) -> HttpResponse:
    """A new value for one rule, as a proposal for a second person."""
    row = rulebook.rule(code, timezone.localdate())
    if row is None:
        raise Http404
    # The newest value is the one that is replaced, even where it has not begun yet.
    newest = row.after[-1] if row.after else row.now
    form = RuleForm(newest, request.POST or None, unsent(request))
    if request.method == "POST" and form.is_valid() and (made := _propose(request, newest, form)):
        return redirect(made.case.get_absolute_url())
    context = {"row": row, "form": form, "running": rulebook.running_under(row.now)}
    return render(request, "casework/rule_change.html", context)


def _propose(request: HttpRequest, newest: Any, form: RuleForm) -> RuleChange | None:
    key, at = form.cleaned_data["key"], timezone.now()
    try:
        return rules.propose(newest, form.wanted(), by=acting(request), at=at, key=key)
    except Refused as refused:
        form.refuse(refused)
        return None
