"""The head of an NGO reports a change of head or charter."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from accounts.access import acting
from accounts.unsent import unsent
from casework.process import Refused
from registry import changing
from registry.models import Ngo, NgoChange
from registry.right_forms import ChangeForm


def change(request: HttpRequest) -> HttpResponse:
    """What the register says now, to be overwritten; then the answers once more; then sent."""
    ngos = Ngo.objects.select_related("organisation")
    ngo = get_object_or_404(ngos, organisation=acting(request).organisation)
    form = ChangeForm(request.POST or None, ngo=ngo, typed=unsent(request))
    if request.method == "POST" and form.is_valid() and "back" not in request.POST:
        if "send" not in request.POST:
            return _check(request, form)
        if sent := _send(request, form):
            return redirect(sent.case)
    under_way = changing.open_change(ngo.pk)
    context = {"form": form, "ngo": ngo, "open": under_way}
    return render(request, "registry/change.html", context)


def _check(request: HttpRequest, form: ChangeForm) -> HttpResponse:
    since_on, today = form.cleaned_data["since_on"], timezone.localdate()
    due_on = changing.last_day(since_on, today)
    context = {"form": form, "due_on": due_on, "late": today > due_on}
    return render(request, "registry/change_check.html", context)


def _send(request: HttpRequest, form: ChangeForm) -> NgoChange | None:
    key, at = form.cleaned_data["key"], timezone.now()
    try:
        return changing.report(form.report(), by=acting(request), at=at, key=key)
    except Refused as refused:
        form.refuse(refused)
        return None
