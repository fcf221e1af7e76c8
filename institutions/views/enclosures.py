"""An NGO attaches documents to its proposal; whoever may see the proposal opens them."""

from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from accounts.access import acting
from accounts.models import User
from casework import files
from casework.forms.documents import HandInForm
from casework.parameters import rules_on
from casework.process import Refused
from institutions.forms.enclosures import HINTS
from institutions.models import EnclosureKind, Proposal
from institutions.queries.enclosures import TAKEN_IN, enclosure_visible_to, enclosures_of
from institutions.services.enclosures import enclose_all


def documents(request: HttpRequest, ref: str) -> HttpResponse:
    """What is attached, and a place for a newer version of each."""
    own = Proposal.objects.filter(ngo__organisation=acting(request).organisation)
    related = ("case", "ngo__organisation", "institution__organisation")
    found = get_object_or_404(own.select_related(*related), case__ref=ref)
    if found.case.state not in TAKEN_IN:
        return redirect(found.case)
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = HandInForm(*sent, kinds=EnclosureKind, hints=HINTS, held=lambda: enclosures_of(found))
    if form.is_valid() and _kept(request, found, form):
        return redirect(f"{request.path}?saved")
    return render(request, "institutions/proposal_documents.html", _context(request, found, form))


def document(request: HttpRequest, pk: int) -> HttpResponse:
    """To the file itself, by a link that is new each time."""
    who = acting(request)
    found = get_object_or_404(enclosure_visible_to(who, pk))
    return redirect(files.link(found.file, who))


def _kept(request: HttpRequest, found: Proposal, form: HandInForm) -> bool:
    by = cast(User, request.user)
    try:
        enclose_all(found, form.uploads(), by=by, at=timezone.now())
    except Refused as refused:
        form.refuse(refused)
        return False
    return True


def _context(request: HttpRequest, found: Proposal, form: HandInForm) -> dict[str, Any]:
    return {
        "form": form,
        "proposal": found,
        "saved": "saved" in request.GET,
        "megabytes": rules_on(timezone.localdate()).number("files.most_megabytes"),
    }
