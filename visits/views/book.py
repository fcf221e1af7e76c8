"""A volunteer's book and its certificates; an NGO's confirmed hours as a table."""

from typing import cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_POST

from accounts.access import acting
from accounts.models import Organisation, User
from casework.models import PaperKind
from casework.papers import issue
from registry.spreadsheets import csv_answer
from visits.forms.period import PeriodForm
from visits.queries import book as queries


def book(request: HttpRequest) -> HttpResponse:
    """One's own confirmed hours, what one learned, and a certificate of each NGO."""
    form = PeriodForm(request.GET or None)
    found = queries.book(_oneself(request).pk, form.period())
    return render(request, "visits/book.html", {"form": form, "book": found})


@require_POST
def certificate(request: HttpRequest, ref: str) -> HttpResponse:
    """A certificate of this NGO's hours: one for what it says; only whoever asked can open it."""
    person, ngo = _oneself(request), get_object_or_404(Organisation, ref=ref)
    values = queries.certificate(person, ngo, PeriodForm(request.POST).period())
    if values is None:
        raise Http404
    language = "ru" if (get_language() or "").startswith("ru") else "en"
    kind, at = PaperKind.HOURS, timezone.now()
    paper = issue(kind, organisation=ngo, values=values, language=language, at=at, by=person)
    return redirect(paper)


def table(request: HttpRequest) -> HttpResponse:
    """The hours that this NGO confirmed, as a file."""
    ngo, form = acting(request).organisation, PeriodForm(request.GET)
    if ngo is None or not form.is_valid():
        raise Http404
    return csv_answer("hours.csv", queries.table(ngo.pk, form.period()))


def _oneself(request: HttpRequest) -> User:
    return cast(User, request.user)
