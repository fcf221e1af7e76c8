"""Where help is needed: for everybody to see, and the house's own page of it."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import acting
from accounts.permissions import Permission
from accounts.unsent import unsent
from casework.process import Refused
from institutions.forms.needs import NeedForm, NeedsFilter
from institutions.models import Need
from institutions.queries import needs, types
from institutions.services.needs import announce, withdraw
from registry.models import Institution
from registry.queries.choices import choices

PAGE = 30
SHOWN = 100


def listing(request: HttpRequest) -> HttpResponse:
    """Everything that is needed now or later, by okrug and type of interaction."""
    on = timezone.localdate()
    form = NeedsFilter(request.GET, choices(on))
    asked = form.asked()
    found = needs.wanted(on, okrug=asked.get("okrug", ""), kind_of_help=asked.get("type", ""))
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "asked": {name: value for name, value in asked.items() if value},
        "page": page,
        "may_propose": acting(request).may(Permission.COORDINATE),
    }
    return render(request, "institutions/needs.html", context)


def mine(request: HttpRequest) -> HttpResponse:
    """What this house announced, and announcing more."""
    house, on = _house(request), timezone.localdate()
    typed = {"from_on": on} | unsent(request)
    fitting, sites = types.fitting(house, on), house.sites.order_by("pk")
    form = NeedForm(fitting, sites, request.POST or None, typed)
    if request.method == "POST" and form.is_valid() and _announced(request, house, form):
        messages.success(request, _("It is announced: everybody sees it from now on."))
        return redirect("needs-mine")
    context = {"form": form, "needs": needs.announced(house.pk, on, SHOWN), "today": on}
    return render(request, "institutions/needs_mine.html", context)


@require_POST
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Nobody is needed for it any more."""
    house = _house(request)
    need = get_object_or_404(Need, pk=pk, institution=house)
    withdraw(need, by=acting(request), at=timezone.now())
    messages.success(request, _("The announcement is taken back."))
    return redirect("needs-mine")


def _house(request: HttpRequest) -> Institution:
    organisation = acting(request).organisation
    houses = Institution.objects.select_related("organisation", "kind")
    found = houses.filter(pk=organisation.pk if organisation else None).first()
    if found is None:
        raise Http404
    return found


def _announced(request: HttpRequest, house: Institution, form: NeedForm) -> bool:
    who, at, key = acting(request), timezone.now(), form.cleaned_data["key"]
    try:
        announce(house, form.wanted(), by=who, at=at, key=key)
    except Refused as refused:
        form.refuse(refused)
        return False
    return True
