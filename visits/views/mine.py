"""One's own visits: the lists, one visit, its pass, its calendar entry, its hours."""

from typing import Any

import segno
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from accounts.access import acting
from accounts.roles import Role
from casework.ics import invitation
from visits.flows import VisitFlow
from visits.flows.stages import S
from visits.models import Visit
from visits.queries import mine as queries

PAGES: dict[str, str] = {
    S.REQUESTED: "visits/requested.html",
    S.OFFERED: "visits/requested_offered.html",
    S.APPROVED: "visits/booked.html",
}


def mine(request: HttpRequest) -> HttpResponse:
    """A volunteer's own visits; an NGO's roster for whoever speaks for it."""
    who, at = acting(request), timezone.now()
    if who.role == Role.VOLUNTEER:
        own = queries.own(who, at, request.GET.get("page"))
        context: dict[str, Any] = {"coming": own.coming, "past": own.past, "page": own.page}
        return render(request, "visits/mine.html", context)
    part = request.GET.get("part", "")
    roster = queries.roster(who, at, part, request.GET.get("page"))
    return render(request, "visits/roster.html", {"roster": roster})


def visit(request: HttpRequest, ref: str) -> HttpResponse:
    """One visit: requested, offered, booked, over; what happens next, and one's own steps."""
    found = _found(request, ref)
    context = queries.shown(found, acting(request), timezone.now())
    return render(request, PAGES.get(found.case.state, "visits/booked_over.html"), context)


def visit_pass(request: HttpRequest, ref: str) -> HttpResponse:
    """The pass of whoever is expected: nobody else has it."""
    found = _found(request, ref)
    own = queries.own_part(found, acting(request))
    if own is None or found.case.state != S.APPROVED:
        raise Http404
    code = segno.make(found.case.ref, micro=False).svg_inline(
        border=1, omitsize=True, lineclass=None
    )
    return render(request, "visits/booked_pass.html", {"visit": found, "own": own, "code": code})


def calendar(request: HttpRequest, ref: str) -> HttpResponse:
    """The visit for one's own calendar."""
    found = _found(request, ref)
    entry = VisitFlow.facts(found).get("calendar")
    if entry is None:
        raise Http404
    answer = HttpResponse(invitation(entry, VisitFlow.heading(found)), "text/calendar")
    answer["Content-Disposition"] = f'attachment; filename="{found.case.ref}.ics"'
    return answer


def hours(request: HttpRequest, ref: str) -> HttpResponse:
    """What the gate noted for each person; confirming it is the step that closes the visit."""
    found = _found(request, ref)
    if "close" not in queries.open_steps(found, acting(request)):
        raise Http404
    key = f"close:{found.pk}:{found.case.version}"
    context = {"visit": found, "parts": queries.came(found), "key": key}
    return render(request, "visits/mine_hours.html", context)


def _found(request: HttpRequest, ref: str) -> Visit:
    found = queries.found(acting(request), ref)
    if found is None:
        raise Http404
    return found
