"""An NGO comes in, writes its application and sends it; the Department's queue of them."""

from typing import Any, cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.access import acting
from accounts.models import User
from accounts.unsent import unsent
from casework.process import Refused
from registry import applying, taking_over
from registry.application_forms import ComeInForm, DraftForm
from registry.limits import may_come_in
from registry.models import Application, Ngo, Registration
from registry.queries import applications, queue
from registry.queries.documents import documents_of
from registry.queue import queued
from registry.shown import checked, standing, under_way

KEPT = "came_in"
PAGE = 25


def come_in(request: HttpRequest) -> HttpResponse:
    """A new NGO asks to come in."""
    form = ComeInForm(request.POST or None, initial=unsent(request))
    if request.method == "POST" and form.is_valid():
        if not may_come_in(request, timezone.now()):
            return render(request, "registry/apply_later.html", status=429)
        try:
            sent = applying.come_in(form.about(), form.cleaned_data["email"], at=timezone.now())
        except Refused as refused:
            form.refuse(refused)
        else:
            request.session[KEPT] = sent.pk
            return redirect("ngo-came-in")
    return render(request, "registry/apply.html", {"form": form})


def came_in(request: HttpRequest) -> HttpResponse:
    """Whom we have written to, and what happens next."""
    sent = applying.invited(request.session.get(KEPT, 0))
    if sent is None:
        return redirect("ngo-come-in")
    return render(request, "registry/apply_sent.html", {"invitation": sent})


def application(request: HttpRequest) -> HttpResponse:
    """The NGO's application as it stands: to be begun, written, or waited for."""
    at, found = timezone.now(), _latest(request)
    if found is None or found.case.state not in applications.OPEN:
        context = standing(_ngo(request), found, timezone.localdate(at))
        return render(request, "registry/application_start.html", context)
    if found.case.state not in applications.WRITING:
        return render(request, "registry/application_sent.html", under_way(found, at))
    return _write(request, found)


@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    """A new draft."""
    try:
        applying.begin(_ngo(request), by=cast(User, request.user), at=timezone.now())
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("application")


def check(request: HttpRequest) -> HttpResponse:
    """The answers once more, before they are sent."""
    found = _latest(request)
    if found is None or found.case.state not in applications.WRITING:
        return redirect("application")
    context = checked(found, acting(request), timezone.now())
    return render(request, "registry/application_check.html", context)


def registrations(request: HttpRequest) -> HttpResponse:
    """The Department's queue of what NGOs ask for, the most overdue first."""
    who, at = acting(request), timezone.now()
    page = Paginator(queue.waiting(who), PAGE).get_page(request.GET.get("page"))
    context: dict[str, Any] = {"page": page, "rows": queued(page.object_list, who, at)}
    context["late"] = queue.how_many_late(who, at)
    return render(request, "registry/registrations.html", context)


@require_POST
def take_over(request: HttpRequest, ref: str) -> HttpResponse:
    """The case of an NGO's registration; one of the old register gets it now."""
    at = timezone.now()
    held = Registration.objects.in_force(timezone.localdate(at)).filter(ngo__organisation__ref=ref)
    registration = get_object_or_404(held.select_related("ngo__organisation").order_by("pk")[:1])
    try:
        return redirect(taking_over.case_of(registration, by=acting(request), at=at).case)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("ngo", ref)


def _ngo(request: HttpRequest) -> Ngo:
    return get_object_or_404(
        Ngo.objects.select_related("organisation"), organisation=acting(request).organisation
    )


def _latest(request: HttpRequest) -> Application | None:
    """What the NGO asked for last: it can be open only when it is the newest."""
    organisation = acting(request).organisation
    return applications.applications_of(organisation.pk if organisation else 0).first()


def _write(request: HttpRequest, found: Application) -> HttpResponse:
    form = DraftForm(
        request.POST or None,
        application=found,
        rows=applications.fitting(timezone.localdate()),
        names_too=applying.may_rename(found.ngo),
        typed=_typed(request),
    )
    if request.method == "POST" and form.is_valid():
        try:
            applying.save(found, form.draft(), form.names())
        except Refused as refused:
            form.refuse(refused)
        else:
            return redirect(f"{reverse(_onwards(request))}?saved")
    context = {"form": form, "saved": "saved" in request.GET, **under_way(found, timezone.now())}
    context["documents"] = documents_of(found)
    return render(request, "registry/application.html", context)


def _onwards(request: HttpRequest) -> str:
    """Which button was pressed: on to the answers, to the documents, or to stay."""
    for button in ("check", "documents"):
        if button in request.POST:
            return f"application-{button}"
    return "application"


def _typed(request: HttpRequest) -> dict[str, object]:
    """What was typed before a session ended; one tick alone comes back as a list too."""
    typed = unsent(request)
    if isinstance(typed.get("wanted"), str):
        typed["wanted"] = [typed["wanted"]]
    return typed
