"""The Department's queues: what is late, what it was told, what its commission decides."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from accounts.access import acting
from oversight.forms import LateForm
from oversight.queries import concerns as told
from oversight.queries import lateness
from oversight.queries import reviews as commission
from oversight.queries.moments import Moment
from oversight.queries.overdue import overdue
from oversight.views.addresses import without

PAGE = 25


def late(request: HttpRequest) -> HttpResponse:
    """Every open term that is late at this instant, the longest overdue first."""
    at, after = timezone.now(), Moment.from_text(request.GET.get("after", ""))
    days, terms = overdue(at), lateness.queue(acting(request), at)
    groups = lateness.tally(terms, days)
    form = LateForm(request.GET, groups=groups)
    asked = form.asked(request.GET.get("tab", ""))
    context: dict[str, Any] = {"form": form, "at": at, "further": after, **without(request)}
    if asked:
        context["counts"] = lateness.counts(groups, asked)
        context["page"] = lateness.page(terms, asked, days, after=after, size=PAGE)
    return render(request, "oversight/late.html", context)


def concerns(request: HttpRequest) -> HttpResponse:
    """What was told to the Department, by its deadline."""
    at, tab = timezone.now(), request.GET.get("tab", "")
    after = Moment.from_text(request.GET.get("after", ""))
    cases = told.concerns(acting(request))
    context = {
        "counts": told.counts(cases, at),
        "page": told.page(cases, tab, at, after=after, size=PAGE),
        "further": after,
        **without(request),
    }
    return render(request, "oversight/concerns.html", context)


def reviews(request: HttpRequest) -> HttpResponse:
    """Founder reviews and appeals that are not decided yet, by their last day."""
    at, after = timezone.now(), Moment.from_text(request.GET.get("after", ""))
    cases = commission.waiting(acting(request))
    context = {
        "waiting": cases.count(),
        "page": commission.page(cases, at, after=after, size=PAGE),
        "further": after,
        **without(request),
    }
    return render(request, "oversight/reviews.html", context)
