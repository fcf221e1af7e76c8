"""The calendar of a year, proposing a change of it, and the page of a change."""

from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from accounts.access import acting
from accounts.roles import Role
from accounts.unsent import unsent
from casework import changing, engine, yearly
from casework.calendar import working_calendar
from casework.flows import CalendarChangeFlow
from casework.forms.calendar import YearForm
from casework.forms.step import form_for
from casework.models import CalendarChange, CalendarYear
from casework.process import Refused, stage_of
from casework.services import calendar as service
from casework.views.case import visible_detail

PROPOSERS = (Role.REGISTRAR, Role.CHIEF)


def year_page(request: HttpRequest, year: int) -> HttpResponse:
    """The working days and the days off of one year."""
    found = get_object_or_404(CalendarYear, pk=year)
    context = {
        "year": found,
        "years": yearly.years(),
        "months": yearly.months(year, working_calendar()),
        "proposes": acting(request).role in PROPOSERS,
    }
    return render(request, "casework/year.html", context)


def propose(request: HttpRequest, year: int) -> HttpResponse:
    """Days of a year that change, as a proposal for a second person."""
    found = get_object_or_404(CalendarYear, pk=year)
    form = YearForm(found, working_calendar(), request.POST or None, unsent(request))
    if request.method == "POST" and form.is_valid() and (made := _propose(request, form)):
        return redirect("calendar-change", made.case.ref)
    context = {"year": found, "years": yearly.years(), "form": form}
    return render(request, "casework/year_change.html", context)


def change(request: HttpRequest, ref: str) -> HttpResponse:
    """What a change does to the days and to the terms that run; there it is confirmed."""
    detail, at, who = visible_detail(request, ref), timezone.now(), acting(request)
    if not isinstance(detail, CalendarChange):
        raise Http404
    steps = {
        "case": detail.case,
        "stage": stage_of(detail.case),
        "offers": engine.offers(detail, who, at),
        "confirm": form_for(CalendarChangeFlow.confirm, detail, who),
    }
    return render(request, "casework/calendar_change.html", _shown(detail, at) | steps)


def _shown(detail: CalendarChange, at: datetime) -> dict[str, Any]:
    now = working_calendar()
    return {
        "change": detail,
        "months": changing.months(detail, now),
        "days": changing.days_in_words(detail),
        "done": changing.done(detail, now, at),
    }


def _propose(request: HttpRequest, form: YearForm) -> CalendarChange | None:
    key, at = form.cleaned_data["key"], timezone.now()
    try:
        return service.propose(form.year, form.wanted(), by=acting(request), at=at, key=key)
    except Refused as refused:
        form.refuse(refused)
        return None
