"""What a new director takes over."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from accounts.access import acting
from institutions.queries import handovers
from institutions.services.handovers import begin_due


def handover(request: HttpRequest) -> HttpResponse:
    """To the newest pack; where the director never changed, what would come here."""
    house, at = acting(request).organisation, timezone.now()
    assert house is not None  # noqa: S101  (the route asks for a role)
    begin_due(at, house.pk)
    found = handovers.of(house.pk).first()
    if found is not None:
        return redirect("pack", found.case.ref)
    return render(request, "institutions/handover_none.html", {"organisation": house})


def pack(request: HttpRequest, ref: str) -> HttpResponse:
    """What was handed over, what is answered, and by when it is to be."""
    house = acting(request).organisation
    assert house is not None  # noqa: S101  (the route asks for a role)
    found = handovers.of(house.pk).filter(case__ref=ref).first()
    if found is None:
        raise Http404
    context = {"organisation": house, "found": found, "pack": handovers.pack(found, timezone.now())}
    return render(request, "institutions/handover.html", context)
