"""Telling the Department, past the institution: the form, what happens next, one's own words."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from accounts.access import acting
from accounts.unsent import unsent
from casework.process import Refused
from casework.queries import running_terms
from registry.models import Institution
from visits.forms.concerns import ConcernForm
from visits.models import Concern, Visit
from visits.queries.concerns import institution_of, own, said_by, visit_of
from visits.services import concerns

NUL = "\x00"


def tell(request: HttpRequest) -> HttpResponse:
    """Write it, and send it; about a visit or an institution when the link named one."""
    visit, institution = _about(request)
    form = ConcernForm(request.POST or None, initial=unsent(request))
    sent = request.method == "POST" and form.is_valid()
    if sent and (said := _say(request, form, visit, institution)):
        return redirect("told", said.case.ref)
    context = {"form": form, "visit": visit, "institution": institution}
    return render(request, "visits/concern.html", context)


def told(request: HttpRequest, ref: str) -> HttpResponse:
    """The reference, and by when the answer is due."""
    said = own(acting(request), ref)
    if said is None:
        raise Http404
    context = {"concern": said, "terms": running_terms(said.case, timezone.now())}
    return render(request, "visits/concern_sent.html", context)


def mine(request: HttpRequest) -> HttpResponse:
    """Everything the reader told the Department, with its answers."""
    return render(request, "visits/concern_mine.html", {"said": said_by(acting(request))})


def _about(request: HttpRequest) -> tuple[Visit | None, Institution | None]:
    """What the link names; a reference that leads nowhere is no page."""
    visit_ref = request.GET.get("visit", "").replace(NUL, "")
    institution_ref = request.GET.get("institution", "").replace(NUL, "")
    visit = visit_of(acting(request), visit_ref) if visit_ref else None
    institution = institution_of(institution_ref) if institution_ref else None
    if (visit_ref and visit is None) or (institution_ref and institution is None):
        raise Http404
    return visit, institution


def _say(
    request: HttpRequest, form: ConcernForm, visit: Visit | None, institution: Institution | None
) -> Concern | None:
    try:
        return concerns.say(
            by=acting(request),
            at=timezone.now(),
            visit=visit,
            institution=institution,
            **form.cleaned_data,
        )
    except Refused as refused:
        form.refuse(refused)
        return None
