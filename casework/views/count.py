"""How a date was counted."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from casework.calendar import working_calendar
from casework.forms.count import Count


def count(request: HttpRequest) -> HttpResponse:
    """How a date is counted: every day of the term, with its number or as a day of rest."""
    form = Count(request.GET if "start" in request.GET else None)
    context: dict[str, object] = {"form": form}
    if form.is_valid():
        calendar = working_calendar()
        start, length = form.cleaned_data["start"], form.cleaned_data["days"]
        days = list(calendar.working_days_after(start, length))
        provisional = calendar.is_provisional(start, days[-1].on)
        context |= {"days": days, "due": days[-1].on, "provisional": provisional}
    return render(request, "casework/count.html", context)
