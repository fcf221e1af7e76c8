"""An institution's public card."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from institutions.queries import house
from registry.queries import institution_card


def card(request: HttpRequest, ref: str) -> HttpResponse:
    """The register's data, and beside it the door, hours, closures, free times, agreements."""
    found = institution_card(ref)
    if found is None:
        raise Http404(_("There is no such institution in the register."))
    at = timezone.now()
    own = house.card(found["institution"], found["sites"], at, timezone.localdate(at))
    return render(request, "institutions/card.html", found | own)
