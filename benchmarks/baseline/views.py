"""The least that each page can do."""

import hashlib
from typing import Any

from django.contrib.auth.decorators import login_required
from django.contrib.postgres.search import SearchQuery
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from benchmarks.baseline.models import Booking, Entry, Head, Name, Note, Slot

ROWS, FOUND, COUNTED = 20, 25, 1000


@login_required
def page(request: HttpRequest) -> HttpResponse:
    """Session, user and three indexed queries."""
    user: Any = request.user
    context = {
        "slots": Slot.objects.filter(begins__gt=timezone.now()).order_by("begins")[:ROWS],
        "booked": Booking.objects.filter(user=user).count(),
        "unread": Note.objects.filter(user=user, read=False).count(),
    }
    return render(request, "baseline/page.html", context)


def search(request: HttpRequest) -> HttpResponse:
    """The first rows by name, and how many there are up to a limit."""
    asked = SearchQuery(request.GET["q"], config="russian")
    found = Name.objects.filter(words=asked)
    context = {
        "names": found.order_by("name", "id")[: FOUND + 1],
        "count": len(found.values_list("id")[: COUNTED + 1]),
    }
    return render(request, "baseline/search.html", context)


@login_required
def book(request: HttpRequest, number: int) -> HttpResponse:
    """Lock the slot, check, insert, count, write the trail."""
    user: Any = request.user
    with transaction.atomic():
        slot = Slot.objects.select_for_update().get(pk=number)
        taken = Booking.objects.filter(slot=slot, user=user).exists()
        if taken or slot.used >= slot.capacity:
            return HttpResponse("full", status=409)
        Booking.objects.create(slot=slot, user=user, state="requested")
        slot.used += 1
        slot.save(update_fields=["used"])
        _record(f"{user.pk} books {number}")
    return redirect("page")


@login_required
def approve(request: HttpRequest, number: int) -> HttpResponse:
    """Lock the booking, change it, write the trail."""
    user: Any = request.user
    with transaction.atomic():
        booking = Booking.objects.select_for_update().get(pk=number)
        if booking.state != "requested":
            return HttpResponse("changed", status=409)
        booking.state = "approved"
        booking.save(update_fields=["state"])
        _record(f"{user.pk} approves {number}")
    return redirect("page")


def _record(text: str) -> None:
    head = Head.objects.select_for_update().get(pk=1)
    head.h = hashlib.sha256(f"{head.h}{text}".encode()).hexdigest()
    Entry.objects.create(text=text, h=head.h)
    head.save(update_fields=["h"])
