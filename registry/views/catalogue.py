"""The front page, the catalogue, the okrugs."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from registry import queries


def types(request: HttpRequest) -> HttpResponse:
    """The catalogue of interaction types in force today."""
    context = {"versions": queries.catalogue(timezone.localdate())}
    return render(request, "registry/catalogue.html", context)


def type_page(request: HttpRequest, code: str) -> HttpResponse:
    """One interaction type, with its procedure if it has one."""
    today = timezone.localdate()
    version = queries.type_in_force(code, today)
    if version is None:
        raise Http404(_("There is no such interaction type."))
    context = {"version": version, "procedure": queries.procedure_in_force(code, today)}
    return render(request, "registry/type.html", context)


def okrugs(request: HttpRequest) -> HttpResponse:
    """The okrugs and their districts."""
    return render(request, "registry/okrugs.html", {"okrugs": queries.okrugs_with_districts()})
