"""The head of an NGO appeals against what was decided about it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from accounts.access import acting
from accounts.unsent import unsent
from casework.models import Case
from casework.process import Refused
from casework.queries import cases_visible_to
from registry import appealing
from registry.appeal_rules import why_not_filed
from registry.queries.appeals import contested
from registry.right_forms import AppealForm


def appeal(request: HttpRequest, ref: str) -> HttpResponse:
    """What is appealed, until when it can be, and why."""
    against = _against(request, ref)
    form = AppealForm(request.POST or None, initial=unsent(request))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        about = {"by": acting(request), "at": timezone.now(), "key": given["key"]}
        try:
            return redirect(appealing.file(against, given["grounds"], **about).case)
        except Refused as refused:
            form.refuse(refused)
    context = {"form": form, "case": against, **_about(against)}
    return render(request, "registry/appeal.html", context)


def _against(request: HttpRequest, ref: str) -> Case:
    who = acting(request)
    mine = cases_visible_to(who).filter(asker=who.organisation).select_related("owner")
    found: Case | None = mine.filter(ref=ref).first()
    if found is None or found.kind == "appeal":
        raise Http404
    return found


def _about(against: Case) -> dict[str, object]:
    found = contested(against)
    why_not = list(why_not_filed(against, found, timezone.localdate()))
    return {"found": found, "why_not": why_not}
