"""The gate of today: who is expected, who is here; let in, out, or turned away."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import acting
from casework.process import Refused
from casework.queries import DRAFT
from registry.models import Site
from visits.forms.gate import EntryForm, NoteForm, RefusalForm, words
from visits.models import GateKind, Participation
from visits.queries.desk import house_of
from visits.queries.gate import Board, board, sites_of
from visits.refusals import GateRefusal
from visits.services import gate

NUL = "\x00"


def screen(request: HttpRequest) -> HttpResponse:
    """One screen: now, here, gone, later."""
    sought = request.GET.get("q", "").replace(NUL, "").strip()[:100]
    return _board(request, "visits/gate.html", sought)


def sheet(request: HttpRequest) -> HttpResponse:
    """The same list on paper, for when there is no connection."""
    return _board(request, "visits/gate_sheet.html", "", codes=GateRefusal.choices)


def enter(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for the document and how they feel, then let in."""
    part = _part(request, pk)
    form = EntryForm(request.POST or None)
    if form.is_valid() and _note(request, part, GateKind.IN, form, healthy=True):
        messages.success(request, _("Let in: %(name)s.") % {"name": part.volunteer})
        return redirect(_to(part.visit.slot.site))
    against = [words(one) for one in gate.objections(part, timezone.now())]
    context = {"part": part, "form": form, "against": list(dict.fromkeys(against))}
    return render(request, "visits/gate_in.html", context)


@require_POST
def leave(request: HttpRequest, pk: int) -> HttpResponse:
    """Note that somebody has left."""
    part, form = _part(request, pk), NoteForm(request.POST)
    if form.is_valid() and _note(request, part, GateKind.OUT, form):
        messages.success(request, _("Left: %(name)s.") % {"name": part.volunteer})
    for error in form.non_field_errors():
        messages.error(request, str(error))
    return redirect(_to(part.visit.slot.site))


def refuse(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose the code, then note that somebody was not let in."""
    part, at = _part(request, pk), timezone.now()
    form = RefusalForm(request.POST or None)
    if form.is_valid() and _note(request, part, GateKind.REFUSED, form, **form.chosen):
        messages.warning(request, _("Not let in: %(name)s.") % {"name": part.volunteer})
        return redirect(_to(part.visit.slot.site))
    options = form.options(gate.untrue(part, at))
    in_order = not gate.objections(part, at)
    context = {"part": part, "form": form, "options": options, "in_order": in_order}
    return render(request, "visits/gate_refuse.html", context)


def _board(request: HttpRequest, template: str, sought: str, **more: Any) -> HttpResponse:
    at, sites = timezone.now(), sites_of(acting(request))
    site = _chosen(request, sites)
    context = {
        "sites": sites,
        "site": site,
        "now": at,
        "q": sought,
        "key": NoteForm().initial["key"],
    }
    return render(request, template, context | {"board": _day(request, site, at, sought)} | more)


def _day(request: HttpRequest, site: Site | None, at: Any, sought: str) -> Board | None:
    organisation = acting(request).organisation
    if site is None or organisation is None:
        return None
    return board(site, organisation.zone, at, sought)


def _chosen(request: HttpRequest, sites: list[Site]) -> Site | None:
    wanted = request.GET.get("site", "")
    first = sites[0] if sites else None
    return next((site for site in sites if str(site.pk) == wanted), first)


def _part(request: HttpRequest, pk: int) -> Participation:
    """Somebody's part in a visit to the institution whose gate this is."""
    own = Participation.objects.filter(pk=pk, visit__institution=house_of(acting(request)))
    if not own.exclude(visit__case__state=DRAFT).exists():
        raise Http404
    return gate.fresh(pk)


def _note(
    request: HttpRequest, part: Participation, kind: GateKind, form: NoteForm, **asked: Any
) -> bool:
    key, at = form.cleaned_data["key"], timezone.now()
    try:
        gate.note(part, kind, by=acting(request), at=at, key=key, **asked)
    except Refused as refused:
        form.refuse(refused)
        return False
    return True


def _to(site: Site) -> str:
    return f"{reverse('gate')}?site={site.pk}"
