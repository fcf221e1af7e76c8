"""How a date was counted."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.access import acting
from casework import changing, yearly
from casework.calendar import working_calendar
from casework.forms.count import Count
from casework.views.calendar import PROPOSERS


def count(request: HttpRequest) -> HttpResponse:
    """How a date is counted: every day of the term, with its number or as a day of rest."""
    form = Count(request.GET if "start" in request.GET else None)
    context: dict[str, object] = {"form": form, **_calendar(request)}
    if form.is_valid():
        calendar = working_calendar()
        start, length = form.cleaned_data["start"], form.cleaned_data["days"]
        days = list(calendar.count(start, length))
        provisional = calendar.is_provisional(start, days[-1].on)
        context |= {"days": days, "due": days[-1].on, "provisional": provisional}
    return render(request, "casework/count.html", context)


def _calendar(request: HttpRequest) -> dict[str, object]:
    """The years that terms are counted in, and the versions of the calendar."""
    staff = acting(request).role in PROPOSERS
    return {
        "years": yearly.years(),
        "versions": yearly.versions(),
        "proposes": staff,
        "waiting": changing.waiting() if staff else [],
    }
