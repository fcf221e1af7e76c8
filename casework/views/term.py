"""How the date of one term was computed."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from accounts.access import acting
from casework import queries
from casework.counting import counting
from casework.models import Term
from casework.process import flow_of


def term(request: HttpRequest, pk: int) -> HttpResponse:
    """Every day from the event to the end, the rules and the version of the calendar."""
    at = timezone.now()
    found = get_object_or_404(Term.objects.select_related("case"), pk=pk)
    detail = queries.detail_of(acting(request), found.case.ref, at)
    if detail is None:
        raise Http404
    context = {
        "case": detail.case,
        "heading": flow_of(detail.case).heading(detail),
        "running": queries.as_running(found, at),
        "counting": counting(found, at),
    }
    return render(request, "casework/term.html", context)
