"""Registrations held back: the list, and writing a new suspension."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from accounts.access import acting
from accounts.unsent import unsent
from registry import suspending
from registry.models import Ngo
from registry.queries import search, suspensions
from registry.queries.applications import renewal
from registry.queries.versions import versions_on
from registry.suspension_forms import SuspensionForm, WhichNgo

PAGE = 50
FOUND = 20


def listed(request: HttpRequest) -> HttpResponse:
    """Every suspension, those that hold now first."""
    today = timezone.localdate()
    pages = Paginator(suspensions.imposed_in_order(today), PAGE)
    page = pages.get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": suspensions.told(page.object_list, today, versions_on(today)),
        "now": suspensions.held_on(today).count(),
        "drafts": suspensions.drafts_of(acting(request)),
    }
    return render(request, "registry/suspensions.html", context)


def new(request: HttpRequest) -> HttpResponse:
    """First which NGO, then what of its registration."""
    which = WhichNgo(request.GET)
    if not which.is_valid() or not which.cleaned_data["ngo"]:
        return _choose(request, which)
    registered = Ngo.objects.public().select_related("organisation")
    ngo = get_object_or_404(registered, organisation__ref=which.cleaned_data["ngo"])
    return _write(request, ngo)


def _choose(request: HttpRequest, which: WhichNgo) -> HttpResponse:
    words = which.cleaned_data.get("q", "")
    asked = search.Question(text=words, what="ngo")
    found = search.page(asked, timezone.localdate(), after=None, size=FOUND).rows if words else []
    context = {"form": which, "words": words, "found": found}
    return render(request, "registry/suspension_ngo.html", context)


def _write(request: HttpRequest, ngo: Ngo) -> HttpResponse:
    today = timezone.localdate()
    form = SuspensionForm(request.POST or None, ngo=ngo, on=today, typed=unsent(request))
    registration = renewal(ngo.pk, today).current
    if request.method == "POST" and registration and form.is_valid():
        at = timezone.now()
        drafted = suspending.draft(ngo, form.scope(), by=acting(request), at=at)
        return redirect("step", drafted.case.ref, "suspend")
    context = {"form": form, "ngo": ngo, "registration": registration}
    return render(request, "registry/suspension.html", context)
