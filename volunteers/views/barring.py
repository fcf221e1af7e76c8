"""Keeping somebody away: suspended, barred, compared; the Department's page of it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from accounts.access import acting
from accounts.permissions import Permission
from accounts.unsent import unsent
from casework import engine
from casework.views.case import visible_detail
from volunteers.barring import drafting
from volunteers.flows.likeness import LikenessFlow
from volunteers.forms.barring import DaysForm
from volunteers.models import Likeness, Volunteer
from volunteers.queries import barring
from volunteers.queries.waiting import by_tab


def listed(request: HttpRequest) -> HttpResponse:
    """What waits for a checker, who is barred, who is suspended."""
    context = {
        "waiting": barring.waiting(acting(request), timezone.now()),
        "bars": barring.in_force(),
        "suspended": barring.suspended(),
        "tabs": by_tab(acting(request)),
    }
    return render(request, "volunteers/bars.html", context)


def suspend(request: HttpRequest, person: int) -> HttpResponse:
    """For which days; the ground and what it touches come on the next page."""
    volunteer, today = _person(request, person), timezone.localdate()
    form = DaysForm(request.POST or None, on=today, typed=unsent(request))
    if request.method == "POST" and form.is_valid():
        at, who = timezone.now(), acting(request)
        drafted = drafting.draft_suspension(volunteer, **form.cleaned_data, by=who, at=at)
        return redirect("step", drafted.case.ref, "suspend")
    context = {"form": form, "person": volunteer.person}
    return render(request, "volunteers/suspend.html", context)


def bar(request: HttpRequest, person: int) -> HttpResponse:
    """What a bar is and who decides; the ground comes on the next page."""
    volunteer, who = _person(request, person), acting(request)
    may = barring.may(who)
    if not may["bar"]:
        raise Http404
    if request.method == "POST":
        drafted = drafting.draft_bar(volunteer, by=who, at=timezone.now())
        return redirect("step", drafted.case.ref, "propose" if may["decide"] else "report")
    # An institution has no page of a person but the one on which it records.
    above = "person-record" if who.may(Permission.ANSWER_VISITS) else "person"
    back = reverse(above, args=[person])
    context = {"person": volunteer.person, "decides": may["decide"], "back": back}
    return render(request, "volunteers/bar.html", context)


def likeness(request: HttpRequest, ref: str) -> HttpResponse:
    """Two people side by side: the same, or another?"""
    detail, who = visible_detail(request, ref), acting(request)
    if not isinstance(detail, Likeness):
        raise Http404
    context = {
        "detail": detail,
        "stage": LikenessFlow.stages[detail.case.state],
        "lines": barring.side_by_side(detail),
        "offers": engine.offers(detail, who, timezone.now()),
    }
    return render(request, "volunteers/likeness.html", context)


def _person(request: HttpRequest, person: int) -> Volunteer:
    """Somebody whom the reader may see, and who is not the reader."""
    seen = Volunteer.objects.visible_to(acting(request), timezone.localdate())
    return get_object_or_404(seen.select_related("person").exclude(pk=request.user.pk), pk=person)
