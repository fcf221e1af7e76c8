"""What each party of an agreement has done and missed: every agreement, and one of them."""

from typing import cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from accounts.access import acting
from accounts.models import User
from accounts.permissions import Permission
from institutions.flows import AgreementFlow
from institutions.queries.representatives import sides
from institutions.views.paging import page_number
from visits.queries.duties import listed, of_volunteer, shown, signed

PAGE = 25


def duties(request: HttpRequest) -> HttpResponse:
    """One's own agreements, those with something missed first; the Department sees all."""
    number, everything = page_number(request), request.GET.get("tab") == "all"
    part = slice((number - 1) * PAGE, number * PAGE + 1)
    rows = listed(acting(request), timezone.now(), part, everything=everything)
    context = {
        "rows": rows[:PAGE],
        "older": number + 1 if len(rows) > PAGE else 0,
        "newer": number - 1,
        "oversees": acting(request).may(Permission.OVERSEE),
        "everything": everything,
    }
    return render(request, "visits/duties.html", context)


def own(request: HttpRequest) -> HttpResponse:
    """What a volunteer promises by coming, and how they keep it."""
    at = timezone.now()
    duties = of_volunteer(cast(User, request.user).pk, at, timezone.localdate(at))
    return render(request, "visits/duties_own.html", {"duties": duties})


def agreement(request: HttpRequest, ref: str) -> HttpResponse:
    """Every duty under one agreement, with its evidence."""
    at = timezone.now()
    deal = signed(acting(request), at).filter(case__ref=ref).first()
    if deal is None:
        raise Http404
    on = timezone.localdate(at)
    context = {
        "deal": deal,
        "heading": AgreementFlow.heading(deal),
        "parties": shown(deal, at, on),
        "sides": sides(deal, on),
        "stage": AgreementFlow.stages[deal.case.state],
    }
    return render(request, "visits/duties_of.html", context)
