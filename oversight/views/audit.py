"""The audit trail: searched, exported, verified. Each of the three is itself recorded."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import acting
from oversight import services
from oversight.forms import AuditForm
from oversight.queries import audit as trail
from oversight.queries import exports
from oversight.queries.moments import Moment
from oversight.views.addresses import without
from registry.spreadsheets import csv_answer

PAGE = 50


def audit(request: HttpRequest) -> HttpResponse:
    """The trail, newest first; an entry opens the timeline of its case."""
    who = acting(request)
    form = AuditForm(request.GET, by=who)
    asked, addresses = form.asked(), without(request)
    after = Moment.from_text(request.GET.get("after", ""))
    context: dict[str, Any] = {"form": form, "further": after, **addresses}
    context["last"] = trail.last_verification()
    if asked is not None:
        context["page"] = trail.page(asked, who, after=after, size=PAGE)
    services.note_reading(services.READ, who, request.GET.urlencode())
    return render(request, "oversight/audit.html", context)


def export(request: HttpRequest) -> HttpResponse:
    """The same search as a file."""
    who = acting(request)
    asked = AuditForm(request.GET, by=who).asked()
    if asked is None:
        raise Http404(_("The search was not understood."))
    lines = list(exports.export(asked, who))
    services.note_reading(services.EXPORTED, who, request.GET.urlencode())
    return csv_answer("audit.csv", lines)


@require_POST
def verify(request: HttpRequest) -> HttpResponse:
    """Read the whole trail now and come back with the result."""
    found = services.verify(by=acting(request), at=timezone.now())
    if found.ok:
        messages.success(request, _("The whole audit trail was read: every chain holds."))
    else:
        messages.error(request, _("The audit trail does not hold. See below where it breaks."))
    return redirect("audit")
