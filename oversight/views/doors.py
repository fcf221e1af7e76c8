"""The map of doors and the list behind each of its signs."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from oversight.queries import doors
from registry.models import District


def map_page(request: HttpRequest) -> HttpResponse:
    """Every door of the city."""
    today = timezone.localdate()
    context = {"map": doors.city(today), "doors": doors.counts(today)}
    return render(request, "oversight/map.html", context)


def district(request: HttpRequest, oktmo: int) -> HttpResponse:
    """A district: its institutions with their doors, beside the map."""
    today = timezone.localdate()
    found = District.objects.select_related("okrug").filter(oktmo=str(oktmo)).first()
    if found is None:
        raise Http404(_("There is no such district."))
    context = {
        "district": found,
        "okrug_url": doors.okrug_url(found.okrug.code),
        "map": doors.city(today, found.oktmo),
        "houses": doors.houses(found, today),
    }
    return render(request, "oversight/district.html", context)
