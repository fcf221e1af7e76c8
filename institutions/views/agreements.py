"""The agreements of an organisation, and offering a new one."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.access import acting
from accounts.models import Organisation
from accounts.roles import OrganisationKind, Role
from accounts.unsent import unsent
from casework.parameters import Rules, rules_on
from casework.process import Refused
from institutions.flows import AgreementFlow
from institutions.forms.agreements import OfferForm, SearchForm
from institutions.forms.fields import ticks
from institutions.models import Agreement, Proposal
from institutions.queries import agreements, beginnings, sides, types
from institutions.queries.beginnings import Beginning
from institutions.queries.versions import compared
from institutions.services.agreements import counter_offer, offer_agreement
from institutions.views.paging import page_number
from registry.models import Institution, Ngo
from registry.queries.cursors import Cursor

PAGE = 50
WRITERS = {Role.HEAD, Role.DIRECTOR}


def listing(request: HttpRequest) -> HttpResponse:
    """With whom, on what, how it stands and by when."""
    own, at, number = _own(request), timezone.now(), page_number(request)
    part = slice((number - 1) * PAGE, number * PAGE + 1)
    rows = agreements.listed(own, timezone.localdate(at), at, part)
    context = {
        "rows": rows[:PAGE],
        "older": number + 1 if len(rows) > PAGE else 0,
        "newer": number - 1,
        "is_ngo": own.kind == OrganisationKind.NGO,
        "may_offer": acting(request).role in WRITERS,
    }
    return render(request, "institutions/agreements.html", context)


def new(request: HttpRequest) -> HttpResponse:
    """First the other side, then what to agree on; or what follows from a proposal or a deal."""
    own, search = _own(request), SearchForm(request.GET)
    asked: dict[str, Any] = search.cleaned_data if search.is_valid() else {}
    begun = beginnings.of(own, asked, timezone.localdate())
    if begun and begun.ended and request.method == "GET":
        return redirect(begun.ended)
    pair = begun.pair if begun else sides.pair(own, asked.get("side", ""))
    if pair is not None:
        return _offer(request, pair, begun)
    on, after = timezone.localdate(), Cursor.from_text(asked.get("after", ""))
    found = sides.find(own, asked.get("q", ""), on, after)
    context = {"form": search, **found, "is_ngo": own.kind == OrganisationKind.NGO}
    return render(request, "institutions/agreement_find.html", context)


def counter(request: HttpRequest, ref: str) -> HttpResponse:
    """Other terms instead of those offered."""
    deal, who = agreements.visible(acting(request), ref), acting(request)
    if deal is None or not AgreementFlow.counter.by.admits(who, deal):
        raise Http404
    if request.method == "GET" and deal.case.state not in AgreementFlow.counter.sources:
        return redirect(deal.case)
    rules = rules_on(timezone.localdate())
    form = _form(request, deal.ngo, deal.institution, beginnings.terms_of(deal), rules)
    if request.method == "POST" and form.is_valid() and _counter(request, form, deal):
        messages.success(request, _("Your terms are offered: the other side was told."))
        return redirect("case", ref)
    return render(request, "institutions/agreement_counter.html", {"form": form, "deal": deal})


def versions(request: HttpRequest, ref: str) -> HttpResponse:
    """What each side wrote, with what it changed."""
    deal = agreements.visible(acting(request), ref)
    if deal is None:
        raise Http404
    context = {"deal": deal, "versions": compared(deal), "heading": AgreementFlow.heading(deal)}
    return render(request, "institutions/agreement_versions.html", context)


def _offer(request: HttpRequest, pair: sides.Pair, begun: Beginning | None) -> HttpResponse:
    on = timezone.localdate()
    rules = rules_on(on)
    usual = sides.usual_term(on, rules.number("agreement.valid"))
    form = _form(request, pair.ngo, pair.institution, begun.typed if begun else usual, rules)
    proposal = begun.proposal if begun else None
    if (
        request.method == "POST"
        and form.is_valid()
        and (ref := _send(request, form, pair, proposal))
    ):
        messages.success(request, _("The agreement is offered: the other side was told."))
        return redirect("case", ref)
    context = {"form": form, "pair": pair, "begun": begun}
    return render(request, "institutions/agreement_new.html", context)


def _form(
    request: HttpRequest, ngo: Ngo, institution: Institution, typed: dict[str, Any], rules: Rules
) -> OfferForm:
    offered = types.offered(ngo, institution, timezone.localdate(), rules.catalogue)
    most = rules.number("visit.people")
    return OfferForm(offered, most, request.POST or None, typed | ticks(unsent(request), "types"))


def _send(
    request: HttpRequest, form: OfferForm, pair: sides.Pair, proposal: Proposal | None
) -> str:
    try:
        deal = offer_agreement(
            institution=pair.institution,
            ngo=pair.ngo,
            by=acting(request),
            at=timezone.now(),
            proposal=proposal,
            **form.offer(),
        )
    except Refused as refused:
        form.refuse(refused)
        return ""
    ref: str = deal.case.ref
    return ref


def _counter(request: HttpRequest, form: OfferForm, deal: Agreement) -> bool:
    try:
        counter_offer(deal, by=acting(request), at=timezone.now(), **form.offer())
    except Refused as refused:
        form.refuse(refused)
        return False
    return True


def _own(request: HttpRequest) -> Organisation:
    organisation = acting(request).organisation
    assert organisation is not None  # noqa: S101  (the route asks for a role)
    return organisation
