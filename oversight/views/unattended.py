"""Cases in which nobody can decide: the list, and handing one on."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import acting
from accounts.permissions import Permission
from casework.process import Refused
from casework.queries import cases_visible_to
from oversight import handing_on
from oversight.queries import unattended as query

PAGE = 25


def unattended(request: HttpRequest) -> HttpResponse:
    """Whose move, since when nobody can take it, why, and what to do."""
    who, at = acting(request), timezone.now()
    found = query.unattended(who, timezone.localdate())
    context = {
        "count": len(found),
        "page": query.page(found, request.GET.get("page", ""), who, at, size=PAGE),
        "oversees": who.may(Permission.OVERSEE),
        "invites": who.may(Permission.INVITE),
        "today": timezone.localdate(),
        "at": at,
    }
    return render(request, "oversight/unattended.html", context)


@require_POST
def hand_on(request: HttpRequest, ref: str) -> HttpResponse:
    """The Department writes to the organisation whose move it is."""
    case = get_object_or_404(cases_visible_to(acting(request)), ref=ref)
    try:
        handing_on.hand_on(case, by=acting(request), at=timezone.now())
        messages.success(request, _("Noted: the organisation was written to."))
    except Refused as refused:
        messages.info(request, str(refused))
    return redirect("unattended")
