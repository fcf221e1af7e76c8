"""The proposals of an organisation, and writing one."""

from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from accounts.access import acting
from accounts.models import Organisation
from accounts.roles import OrganisationKind
from accounts.unsent import unsent
from casework.parameters import rules_on
from casework.process import Refused
from institutions.forms.agreements import SearchForm
from institutions.forms.fields import ticks
from institutions.forms.proposals import ProposalForm, typed_of
from institutions.models import Proposal, ProposalState
from institutions.queries import proposals, sides, types
from institutions.services.proposals import rewrite, write
from institutions.views.paging import page_number
from registry.models import Institution, Ngo
from registry.queries.cursors import Cursor

PAGE = 50
MONTHS = 12


def listing(request: HttpRequest) -> HttpResponse:
    """To whom, on what, how it stands and by when."""
    own, at, number = _own(request), timezone.now(), page_number(request)
    rows = proposals.listed(own, at, slice((number - 1) * PAGE, number * PAGE + 1))
    context = {
        "rows": rows[:PAGE],
        "older": number + 1 if len(rows) > PAGE else 0,
        "newer": number - 1,
        "is_ngo": own.kind == OrganisationKind.NGO,
    }
    return render(request, "institutions/proposals.html", context)


def new(request: HttpRequest) -> HttpResponse:
    """First the institution, then what is proposed."""
    own, search = _own(request), SearchForm(request.GET)
    asked: dict[str, Any] = search.cleaned_data if search.is_valid() else {}
    pair = sides.pair(own, asked.get("side", ""))
    if pair is not None:
        return _write(request, pair.institution, None)
    on, after = timezone.localdate(), Cursor.from_text(asked.get("after", ""))
    found = sides.find(own, asked.get("q", ""), on, after)
    return render(request, "institutions/proposal_find.html", {"form": search, **found})


def edit(request: HttpRequest, ref: str) -> HttpResponse:
    """A draft, until it is sent."""
    drafts = Proposal.objects.filter(ngo=_own(request).pk, case__state=ProposalState.DRAFT)
    related = ("case__owner", "institution__organisation", "institution__kind", "ngo__organisation")
    draft = get_object_or_404(drafts.select_related(*related), case__ref=ref)
    return _write(request, draft.institution, draft)


def _write(request: HttpRequest, to: Institution, draft: Proposal | None) -> HttpResponse:
    on = timezone.localdate()
    most = rules_on(on).number("visit.people")
    started = typed_of(draft) if draft else sides.usual_term(on, MONTHS)
    form = ProposalForm(
        types.fitting(to, on),
        most,
        request.POST or None,
        started | ticks(unsent(request), "types", "groups"),
    )
    if request.method == "POST" and form.is_valid() and (kept := _keep(request, form, to, draft)):
        return redirect(kept.case)
    context = {"form": form, "institution": to, "draft": draft}
    return render(request, "institutions/proposal_new.html", context)


def _keep(
    request: HttpRequest, form: ProposalForm, to: Institution, draft: Proposal | None
) -> Proposal | None:
    who, said = acting(request), form.draft()
    try:
        if draft is not None:
            return rewrite(draft, said)
        ngo = get_object_or_404(
            Ngo.objects.select_related("organisation"), organisation=who.organisation
        )
        return write(to, ngo, said, by=who, at=timezone.now())
    except Refused as refused:
        form.refuse(refused)
        return None


def _own(request: HttpRequest) -> Organisation:
    return cast(Organisation, acting(request).organisation)
