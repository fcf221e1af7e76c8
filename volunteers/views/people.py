"""An NGO's people: the list, its export, one person."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.access import acting
from accounts.roles import OrganisationKind
from registry.models import Tier
from registry.queries.cursors import Cursor
from registry.spreadsheets import csv_answer
from volunteers.forms.people import PeopleForm
from volunteers.models import Volunteer
from volunteers.queries import people as queries
from volunteers.queries import person as one
from volunteers.queries import roster
from volunteers.queries.facts import asked_from


def people(request: HttpRequest) -> HttpResponse:
    """Whoever volunteers for this NGO, how each stands, whose time runs out."""
    today = timezone.localdate()
    form = PeopleForm(request.GET, requirements=asked_from(Tier.V3, today))
    context: dict[str, Any] = {"form": form, "address": _without_place(request)}
    if wanted := form.wanted():
        found = queries.narrowed(_visible(request), wanted, today)
        after = Cursor.from_text(request.GET.get("after", ""))
        page = queries.page(found, after=after)
        context |= {"page": page, "rows": roster.rows(page.rows, today)}
        context["further"] = after is not None
    return render(request, "volunteers/people.html", context)


def export(request: HttpRequest) -> HttpResponse:
    """The same list as a table."""
    today = timezone.localdate()
    wanted = PeopleForm(request.GET, requirements=asked_from(Tier.V3, today)).wanted()
    if wanted is None:
        raise Http404(_("The search was not understood."))
    found = queries.narrowed(_visible(request), wanted, today)
    return csv_answer("volunteers.csv", roster.export(found, today))


def person(request: HttpRequest, person: int) -> HttpResponse:
    """One volunteer, for their NGO and for the Department's checker; oneself has another page."""
    who = acting(request)
    if who.user.pk == person:
        return redirect("clearance")
    if who.organisation and who.organisation.kind == OrganisationKind.INSTITUTION:
        raise Http404
    volunteer = get_object_or_404(_visible(request), pk=person)
    context = one.page_of(volunteer, who, timezone.localdate())
    return render(request, "volunteers/person.html", context)


def _visible(request: HttpRequest) -> QuerySet[Volunteer, Any]:
    seen = Volunteer.objects.visible_to(acting(request), timezone.localdate())
    return seen.select_related("person")


def _without_place(request: HttpRequest) -> str:
    """The search as part of an address: what is filled in, without the place in the list."""
    asked = request.GET.copy()
    asked.pop("after", None)
    for name in [name for name, value in asked.items() if not value]:
        del asked[name]
    return asked.urlencode()
