"""The catalogue and its history, the okrugs."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.access import acting
from accounts.roles import Role
from registry import queries
from registry.catalogue import content
from registry.queries import types as through


def types(request: HttpRequest) -> HttpResponse:
    """The catalogue of interaction types in force today."""
    context = {"versions": queries.catalogue(timezone.localdate())}
    return render(request, "registry/catalogue.html", context)


def type_page(request: HttpRequest, code: str) -> HttpResponse:
    """One interaction type with its procedure, what it was before and what it will be."""
    today = timezone.localdate()
    found = next(iter(through.through_time(today, code)), None)
    if found is None:
        raise Http404(_("There is no such interaction type."))
    begins = found.shown.version.during.lower
    context = {
        "version": queries.type_in_force(code, begins),
        "procedure": queries.procedure_in_force(code, max(today, begins)),
        "through": found,
        "today": today,
        "keeps": acting(request).role == Role.REGISTRAR,
    }
    return render(request, "registry/type.html", context)


def version_page(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """One version beside the one before it."""
    found = next(iter(through.through_time(timezone.localdate(), code)), None)
    by_number = {one.version.number: one for one in found.stands} if found else {}
    if number not in by_number:
        raise Http404(_("There is no such interaction type."))
    stand, before = by_number[number], by_number.get(number - 1)
    was = content.of_type(before.version) if before else {}
    context = {
        "stand": stand,
        "before": before,
        "lines": content.compared(was, content.of_type(stand.version)),
    }
    return render(request, "registry/type_compared.html", context)


def okrugs(request: HttpRequest) -> HttpResponse:
    """The okrugs and their districts."""
    return render(request, "registry/okrugs.html", {"okrugs": queries.okrugs_with_districts()})
