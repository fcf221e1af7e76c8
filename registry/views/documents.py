"""An NGO hands in documents with its application; whoever may see the case opens them."""

from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from accounts.access import acting
from accounts.models import User
from casework import files
from casework.forms.documents import HandInForm
from casework.parameters import rules_on
from casework.process import Refused
from registry import documenting
from registry.document_forms import HINTS
from registry.models import Application, DocumentKind
from registry.queries.applications import applications_of
from registry.queries.documents import document_visible_to, documents_of
from registry.shown import under_way


def documents(request: HttpRequest) -> HttpResponse:
    """What is there, and a place for a newer version of each."""
    organisation = acting(request).organisation
    found = applications_of(organisation.pk if organisation else 0).first()
    if found is None or found.case.state not in documenting.TAKEN_IN:
        return redirect("application")
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = HandInForm(*sent, kinds=DocumentKind, hints=HINTS, held=lambda: documents_of(found))
    if form.is_valid() and _added(request, found, form):
        return redirect(f"{reverse('application-documents')}?saved")
    return render(request, "registry/application_documents.html", _context(request, found, form))


def document(request: HttpRequest, pk: int) -> HttpResponse:
    """To the file itself, by a link that is new each time."""
    who = acting(request)
    found = get_object_or_404(document_visible_to(who, pk))
    return redirect(files.link(found.file, who))


def _added(request: HttpRequest, found: Application, form: HandInForm) -> bool:
    by = cast(User, request.user)
    try:
        documenting.add_all(found, form.uploads(), by=by, at=timezone.now())
    except Refused as refused:
        form.refuse(refused)
        return False
    return True


def _context(request: HttpRequest, found: Application, form: HandInForm) -> dict[str, Any]:
    at = timezone.now()
    megabytes = rules_on(timezone.localdate(at)).number("files.most_megabytes")
    own = {"form": form, "saved": "saved" in request.GET, "megabytes": megabytes}
    return {**under_way(found, at), **own}
