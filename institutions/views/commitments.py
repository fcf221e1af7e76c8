"""An agreement's people: who answers for each side, and who was briefed on the risks."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.access import acting
from accounts.unsent import unsent
from casework.process import Refused
from institutions.flows import AgreementFlow
from institutions.forms.commitments import BriefingForm, RepresentativeForm
from institutions.models import Agreement
from institutions.queries import agreements, briefings, representatives
from institutions.services import briefings as briefing
from institutions.services import representatives as naming

SHOWN = 20


def people(request: HttpRequest, ref: str) -> HttpResponse:
    """Who answers for each side, and every briefing; naming one's own representative."""
    deal, who, on = _deal(request, ref), acting(request), timezone.localdate()
    sides = representatives.sides(deal, on)
    form = _naming(request, deal, sides) if representatives.may_name(who, deal) else None
    if form and request.method == "POST" and form.is_valid() and _named(request, deal, form):
        return redirect("agreement-people", ref)
    context = {
        "deal": deal,
        "heading": AgreementFlow.heading(deal),
        "sides": sides,
        "form": form,
        "briefings": briefings.of(deal, SHOWN),
        "may_record": briefings.may_record(who, deal),
    }
    return render(request, "institutions/agreement_people.html", context)


def brief(request: HttpRequest, ref: str) -> HttpResponse:
    """Writing down that a briefing was given."""
    deal, on = _deal(request, ref), timezone.localdate()
    if not briefings.may_record(acting(request), deal):
        raise Http404
    volunteers = briefings.volunteers(deal.ngo_id, on)
    form = BriefingForm(volunteers, request.POST or None, {"on": on} | unsent(request))
    if request.method == "POST" and form.is_valid() and _briefed(request, deal, form):
        messages.success(request, _("The briefing is written down."))
        return redirect("agreement-people", ref)
    context = {"deal": deal, "form": form, "heading": AgreementFlow.heading(deal)}
    return render(request, "institutions/briefing_new.html", context)


def _deal(request: HttpRequest, ref: str) -> Agreement:
    deal = agreements.visible(acting(request), ref)
    if deal is None:
        raise Http404
    return deal


def _naming(
    request: HttpRequest, deal: Agreement, sides: list[representatives.Side]
) -> RepresentativeForm:
    own = acting(request).organisation
    mine = next(one for one in sides if one.organisation == own)
    possible = representatives.possible(mine.organisation, timezone.localdate())
    return RepresentativeForm(possible, mine.person, request.POST or None, unsent(request))


def _named(request: HttpRequest, deal: Agreement, form: RepresentativeForm) -> bool:
    person = form.cleaned_data["person"]
    try:
        one = naming.name(deal, person, by=acting(request), at=timezone.now())
    except Refused as refused:
        form.refuse(refused)
        return False
    messages.success(request, _("%(person)s answers for your side.") % {"person": one.person})
    return True


def _briefed(request: HttpRequest, deal: Agreement, form: BriefingForm) -> bool:
    who, at, key = acting(request), timezone.now(), form.cleaned_data["key"]
    try:
        briefing.record(deal, form.given(), by=who, at=at, key=key)
    except Refused as refused:
        form.refuse(refused)
        return False
    return True
