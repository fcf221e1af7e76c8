"""The agreements of an organisation, and offering a new one."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.access import acting
from accounts.models import Organisation
from accounts.roles import OrganisationKind, Role
from accounts.unsent import unsent
from casework.parameters import rules_on
from casework.process import Refused
from institutions.forms.agreements import OfferForm, SearchForm
from institutions.queries import agreements, sides, types
from institutions.services.agreements import offer_agreement
from registry.queries.cursors import Cursor

PAGE = 50
WRITERS = {Role.HEAD, Role.DIRECTOR}


def listing(request: HttpRequest) -> HttpResponse:
    """With whom, on what, how it stands and by when."""
    own, at, number = _own(request), timezone.now(), _page(request)
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
    """First the other side, then what to agree on."""
    own, search = _own(request), SearchForm(request.GET)
    asked: dict[str, Any] = search.cleaned_data if search.is_valid() else {}
    pair = sides.pair(own, asked.get("side", ""))
    if pair is not None:
        return _offer(request, pair)
    on, after = timezone.localdate(), Cursor.from_text(asked.get("after", ""))
    found = sides.find(own, asked.get("q", ""), on, after)
    context = {"form": search, **found, "is_ngo": own.kind == OrganisationKind.NGO}
    return render(request, "institutions/agreement_find.html", context)


def _offer(request: HttpRequest, pair: sides.Pair) -> HttpResponse:
    on = timezone.localdate()
    rules = rules_on(on)
    typed = sides.usual_term(on, rules.number("agreement.valid")) | unsent(request)
    offered, most = types.offered(pair.ngo, pair.institution, on), rules.number("visit.people")
    form = OfferForm(offered, most, request.POST or None, typed)
    if request.method == "POST" and form.is_valid() and (ref := _send(request, form, pair)):
        messages.success(request, _("The agreement is offered: the other side was told."))
        return redirect("case", ref)
    return render(request, "institutions/agreement_new.html", {"form": form, "pair": pair})


def _send(request: HttpRequest, form: OfferForm, pair: sides.Pair) -> str:
    try:
        deal = offer_agreement(
            institution=pair.institution,
            ngo=pair.ngo,
            by=acting(request),
            at=timezone.now(),
            **form.offer(),
        )
    except Refused as refused:
        form.refuse(refused)
        return ""
    ref: str = deal.case.ref
    return ref


def _own(request: HttpRequest) -> Organisation:
    organisation = acting(request).organisation
    assert organisation is not None  # noqa: S101  (the route asks for a role)
    return organisation


def _page(request: HttpRequest) -> int:
    asked = request.GET.get("page", "")
    small = asked.isascii() and asked.isdigit() and len(asked) < len("10000")
    return max(int(asked), 1) if small else 1
