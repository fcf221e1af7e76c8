"""The first screen of each role: what whoever has just signed in should see and do now."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from accounts.access import acting
from accounts.models import User
from accounts.roles import Role
from institutions.services.handovers import waits
from visits.queries import mine
from volunteers.queries.home import coordinator_facts, next_step

FIRST = {
    Role.DIRECTOR: "requests",
    Role.DESK: "requests",
    Role.GATE: "gate",
    Role.NURSE: "notices",
    Role.REGISTRAR: "registrations",
    Role.CHECKER: "vetting",
    Role.COMMISSIONER: "late",
    Role.CHIEF: "late",
    Role.AUDITOR: "audit",
}


def start(request: HttpRequest) -> HttpResponse:
    """To the role's own queue; volunteers and NGOs have a page composed of several floors.

    A director who has not taken over yet comes to what was handed over.
    """
    role, house = acting(request).role, acting(request).organisation
    if role == Role.VOLUNTEER:
        return volunteer(request)
    if role == Role.DIRECTOR and house is not None and waits(house.pk, timezone.now()):
        return redirect("handover")
    if role in {Role.HEAD, Role.COORDINATOR}:
        return ngo(request)
    return redirect(FIRST.get(Role(role), "notices") if role else "notices")


def volunteer(request: HttpRequest) -> HttpResponse:
    """What is my next step? Where am I expected?"""
    who, at = acting(request), timezone.now()
    assert isinstance(who.user, User)  # noqa: S101  (the route lets nobody else in)
    coming = mine.coming(who, at)
    context = {
        "step": next_step(who.user, timezone.localdate(at)),
        "next": coming[0] if coming else None,
        "lines": coming,
    }
    return render(request, "start/volunteer.html", context)


def ngo(request: HttpRequest) -> HttpResponse:
    """What expires, what is unanswered, what is not covered?"""
    who, at = acting(request), timezone.now()
    assert who.organisation is not None  # noqa: S101  (these roles have one)
    roster = mine.roster(who, at, "", 1)
    facts = coordinator_facts(who.organisation, timezone.localdate(at))
    context = {
        "organisation": who.organisation,
        "roster": roster,
        "facts": [one for one in facts if one.number],
    }
    return render(request, "start/ngo.html", context)
