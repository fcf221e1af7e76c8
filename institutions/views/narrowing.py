"""The house's own page of what it demands beyond the catalogue."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from accounts.access import acting
from accounts.roles import Role
from accounts.unsent import unsent
from casework.process import Flow, Refused
from institutions.forms.narrowing import NarrowingForm
from institutions.models import NarrowedType
from institutions.queries import narrowing, types
from institutions.services.narrowing import draft
from registry.models import Institution


def listed(request: HttpRequest) -> HttpResponse:
    """Everything this house demands, demanded and will demand."""
    own, on = _house(request), timezone.localdate()
    stages = Flow.by_kind["narrowing"].stages
    names, declared = types.names(on), narrowing.declared(own.pk)
    context = {
        "rows": [
            (one, names.get(one.type.code, one.type.code), stages[one.case.state])
            for one in declared
        ],
        "is_director": acting(request).role == Role.DIRECTOR,
    }
    return render(request, "institutions/narrowings.html", context)


def new(request: HttpRequest) -> HttpResponse:
    """A narrowing as a draft; what it touches is shown before it is declared."""
    own, on = _house(request), timezone.localdate()
    typed = {"from_on": on} | unsent(request)
    form = NarrowingForm(types.fitting(own, on), request.POST or None, typed)
    if request.method == "POST" and form.is_valid() and (made := _draft(request, own, form)):
        return redirect("step", made.case.ref, "narrow")
    return render(request, "institutions/narrowing_new.html", {"form": form, "institution": own})


def _draft(request: HttpRequest, own: Institution, form: NarrowingForm) -> NarrowedType | None:
    try:
        return draft(own, form.demanded(), by=acting(request), at=timezone.now())
    except Refused as refused:
        form.refuse(refused)
        return None


def _house(request: HttpRequest) -> Institution:
    organisation = acting(request).organisation
    houses = Institution.objects.select_related("organisation", "kind")
    found = houses.filter(pk=organisation.pk if organisation else None).first()
    if found is None:
        raise Http404
    return found
