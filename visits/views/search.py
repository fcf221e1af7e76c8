"""Finding a time: everywhere, and in one institution."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from accounts.access import acting
from accounts.roles import Role
from registry.models import Institution
from visits.forms.booking import Filters
from visits.forms.month import MonthForm
from visits.queries.month import month
from visits.queries.search import by_day, search

PAGE = 40
SHOWN_CLOSED = 8


def find(request: HttpRequest) -> HttpResponse:
    """What can be taken now, by day; what cannot be taken yet, counted, with the remedies."""
    found = search(acting(request), timezone.now())
    form = Filters(request.GET, found.choices())
    fitting = list(filter(form.wanted().takes, found.open))
    page = Paginator(fitting, PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "found": found,
        "page": page,
        "days": by_day(page.object_list),
        "hindrances": found.hindrances[:SHOWN_CLOSED],
        "for_ngo": acting(request).role != Role.VOLUNTEER,
    }
    return render(request, "visits/search.html", context)


def slots(request: HttpRequest, ref: str) -> HttpResponse:
    """The month of one institution; a time chosen leads to its booking."""
    house = Institution.objects.select_related("organisation")
    institution = get_object_or_404(house, organisation__ref=ref)
    form = MonthForm(request.GET)
    if (slot := form.slot()) is not None:
        return redirect("visit-new", number=slot)
    today = timezone.localdate()
    shown = month(acting(request), institution, form.first(today), timezone.now())
    context = {"institution": institution, "month": shown, "form": form}
    return render(request, "visits/slots.html", context)
