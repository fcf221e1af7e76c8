"""Booking: choose what, say who comes, check, send."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from accounts.access import acting
from accounts.unsent import unsent
from casework.process import Refused
from institutions.models import Slot
from visits.forms.booking import Booking, Sent
from visits.models import Visit
from visits.queries.search import search
from visits.queries.times import seeker
from visits.queries.wish import Wish, as_reasons, why_not, wish
from visits.services.booking import book

INSTEAD = 3
RELATED = ("site", "institution__organisation", "institution__kind", "door__mode")


def new(request: HttpRequest, number: int) -> HttpResponse:
    """One time: the form, the page of checking, then the visit; or every reason why not."""
    slot = get_object_or_404(Slot.objects.select_related(*RELATED), pk=number)
    refused: Refused | None = None
    if "send" in request.POST:
        try:
            if visit := _send(request, slot):
                return redirect("visit", ref=visit.case.ref)
        except Refused as objections:
            refused = objections
    wished = wish(acting(request), slot, timezone.now())
    if not wished.types:
        return _cannot(request, wished)
    form = Booking(wished, request.POST or None, initial=unsent(request) or _chosen(request))
    if not form.is_valid() or refused or "back" in request.POST:
        return _form(request, wished, form, refused)
    context = {"wish": wished, "form": form, **_answers(request, wished, form)}
    return render(request, "visits/booking_check.html", context)


def _send(request: HttpRequest, slot: Slot) -> Visit | None:
    """The visit that the form asks for; None where it is not filled in. Raises Refused."""
    form, who = Sent(request.POST), acting(request)
    if not form.is_valid():
        return None
    sent, looks = form.cleaned_data, seeker(who)
    return book(
        by=who,
        slot=slot,
        ngos=looks.ngos,
        type_id=sent["type"],
        people=[looks.person] if looks.person else sent["people"],
        programme=sent["programme"],
        at=timezone.now(),
        key=sent["key"],
    )


def _cannot(request: HttpRequest, wished: Wish) -> HttpResponse:
    who, at = acting(request), timezone.now()
    instead = [one for one in search(who, at).open if one.slot.pk != wished.slot.pk]
    context = {
        "wish": wished,
        "reasons": why_not(wished, who, at),
        "instead": instead[:INSTEAD],
    }
    return render(request, "visits/cannot_book.html", context)


def _form(
    request: HttpRequest, wished: Wish, form: Booking, refused: Refused | None = None
) -> HttpResponse:
    reasons: Any = ()
    if refused:
        form.refuse(refused)
        mend = "" if wished.names_others else reverse("clearance")
        reasons = as_reasons(refused.objections, mend)
    context = {"wish": wished, "form": form, "reasons": reasons}
    return render(request, "visits/booking.html", context)


def _answers(request: HttpRequest, wished: Wish, form: Booking) -> dict[str, Any]:
    type_id = form.cleaned_data["type"]
    return {
        "ngo": wished.ngo(type_id),
        "type_version": wished.version(type_id),
        "people": wished.people(acting(request), form.cleaned_data.get("people", ())),
    }


def _chosen(request: HttpRequest) -> dict[str, str]:
    """The type that was chosen on the page before."""
    chosen = request.GET.get("type", "")
    return {"type": chosen} if chosen.isascii() and chosen.isdigit() else {}
