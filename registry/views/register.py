"""The register: the search over it, its export, and the cards."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.access import acting
from accounts.permissions import Permission
from casework.models import PaperKind
from casework.papers import issue
from registry import queries
from registry.forms import SearchForm
from registry.queries import choices, exports, extracts, listing, search
from registry.queries.cursors import Cursor
from registry.spreadsheets import csv_answer

PAGE = 25


def register(request: HttpRequest) -> HttpResponse:
    """The search over institutions and NGOs."""
    today = timezone.localdate()
    offered = choices.choices(today)
    form = SearchForm(request.GET, choices=offered)
    context: dict[str, Any] = {"form": form, "address": _without_place(request)}
    question = form.question()
    if question is not None:
        after = Cursor.from_text(request.GET.get("after", ""))
        page = search.page(question, today, after=after, size=PAGE)
        rows = listing.listed(page.rows, offered, today)
        context |= {"page": page, "rows": rows, "further": after is not None}
        context["counts"] = search.count(question, today)
    return render(request, "registry/register.html", context)


def export(request: HttpRequest) -> HttpResponse:
    """The same search as a file."""
    today = timezone.localdate()
    offered = choices.choices(today)
    question = SearchForm(request.GET, choices=offered).question()
    if question is None:
        raise Http404(_("The search was not understood."))
    return csv_answer("register.csv", exports.export(question, offered, today))


def ngo(request: HttpRequest, ref: str) -> HttpResponse:
    """An NGO's card."""
    card = queries.ngo_card(ref, timezone.localdate())
    if card is None:
        raise Http404(_("There is no such NGO in the register."))
    who = acting(request)
    card["keeper"] = who.may(Permission.KEEP_REGISTER) or who.may(Permission.REVIEW)
    return render(request, "registry/ngo.html", card)


def extract(request: HttpRequest, ref: str) -> HttpResponse:
    """An extract from the register: one for a day, a language and what the register holds."""
    at, keeper = timezone.now(), extracts.keeper()
    found = extracts.extract(ref, timezone.localdate(at))
    if found is None or keeper is None:
        raise Http404(_("There is no such NGO in the register."))
    language = "ru" if get_language().startswith("ru") else "en"
    return redirect(
        issue(PaperKind.EXTRACT, organisation=keeper, values=found, language=language, at=at)
    )


def _without_place(request: HttpRequest) -> str:
    """The search as part of an address: what is filled in, without the place in the list."""
    asked = request.GET.copy()
    asked.pop("after", None)
    for name in [name for name, value in asked.items() if not value]:
        del asked[name]
    return asked.urlencode()
