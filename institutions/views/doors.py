"""The institution's own pages of its door: how it stands, changing it, closing it, the times."""

import re
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from accounts.access import acting
from accounts.models import Organisation
from accounts.roles import Role
from accounts.unsent import unsent
from casework.parameters import rules_on
from casework.process import Refused
from institutions.forms.doors import ClosureForm, DoorForm, SiteForm, typed_mode
from institutions.models import GuestMode
from institutions.queries import house, slots, staff, types
from institutions.services import modes
from registry.models import Institution

DAYS = 14
REF = re.compile(r"[A-Z]-[0-9]+", re.ASCII)


def door(request: HttpRequest) -> HttpResponse:
    """How each site stands, what comes, and everything that was declared."""
    own, is_director = _own(request), acting(request).role == Role.DIRECTOR
    shown = house.house(own, timezone.localdate(), drafts=is_director)
    context = {"organisation": own, "is_director": is_director, **shown}
    return render(request, "institutions/door.html", context)


def change(request: HttpRequest) -> HttpResponse:
    """A new mode as a draft; what it touches is shown before it is declared."""
    own, on = _house(request), timezone.localdate()
    typed = unsent(request) or {"from_on": on} | typed_mode(_before(request, own))
    people = staff.with_visitors(own.pk, on)
    form = DoorForm(own, types.fitting(own, on), people, request.POST or None, typed)
    if request.method == "POST" and form.is_valid() and (mode := _draft(request, form)):
        return _to_declaring(mode)
    return render(request, "institutions/door_new.html", {"form": form, "institution": own})


def closure(request: HttpRequest) -> HttpResponse:
    """A closure as a draft; what it touches is shown before it is confirmed."""
    own, on = _house(request), timezone.localdate()
    typed = {"from_on": on, "act_on": on} | unsent(request)
    longest = rules_on(on).number("closure.longest")
    form = ClosureForm(own, longest, request.POST or None, typed)
    if request.method == "POST" and form.is_valid() and (mode := _draft(request, form)):
        return _to_declaring(mode)
    return render(request, "institutions/closure_new.html", {"form": form, "institution": own})


def times(request: HttpRequest) -> HttpResponse:
    """The times of the next days, with how many places are taken."""
    own, on = _own(request), timezone.localdate()
    found = slots.of_house(own.pk, own.zone, on, DAYS)
    return render(request, "institutions/slots.html", {"slots": found, "days": DAYS})


def _own(request: HttpRequest) -> Organisation:
    organisation = acting(request).organisation
    assert organisation is not None  # noqa: S101  (the route asks for a role)
    return organisation


def _house(request: HttpRequest) -> Institution:
    related = Institution.objects.select_related("organisation", "kind").prefetch_related("sites")
    found = related.filter(pk=_own(request).pk).first()
    if found is None:
        raise Http404
    return found


def _before(request: HttpRequest, own: Institution) -> GuestMode | None:
    """The mode to begin from: the one the address names, or the last declared."""
    like = request.GET.get("like", "")
    return house.latest(own.organisation, like if REF.fullmatch(like) else "")


def _draft(request: HttpRequest, form: SiteForm) -> GuestMode | None:
    make: Any = modes.draft_closure if isinstance(form, ClosureForm) else modes.draft_mode
    try:
        mode: GuestMode = make(by=acting(request), at=timezone.now(), **form.draft())
    except Refused as refused:
        form.refuse(refused)
        return None
    return mode


def _to_declaring(mode: GuestMode) -> HttpResponse:
    return redirect("step", mode.case.ref, modes.declaring(mode).name)
