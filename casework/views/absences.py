"""Naming a deputy for some days, and noting who is away."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import acting
from accounts.models import Membership, User
from accounts.unsent import unsent
from casework import absences
from casework.forms.absences import AbsenceForm, DeputyForm, from_today
from casework.process import Refused


def deputy(request: HttpRequest, pk: int) -> HttpResponse:
    """Who holds this role for some days."""
    own, person, on = *_who(request), timezone.localdate()
    held = get_object_or_404(absences.staff(own.organisation, on), pk=pk)
    people = absences.candidates(held, on, by=person)
    form = DeputyForm(people, request.POST or None, from_today(on) | unsent(request))
    if request.method == "POST" and form.is_valid() and _name(person, held, form):
        messages.success(request, _("The deputy is named and told."))
        return redirect("members")
    context = {"form": form, "held": held, "people": people.exists()}
    return render(request, "accounts/deputy.html", context)


def away(request: HttpRequest) -> HttpResponse:
    """Who is or will be away, and the form that notes one more absence."""
    own, person, on = *_who(request), timezone.localdate()
    names = absences.may_name(person, own.organisation, on)
    staff = list(absences.staff(own.organisation, on)) if names else []
    form = AbsenceForm(own, staff, request.POST or None, from_today(on) | unsent(request))
    if request.method == "POST" and form.is_valid() and _go(person, form):
        messages.success(request, _("The absence is noted."))
        return redirect("away")
    found = absences.absences_of(own.organisation, on)
    listed = found if names else found.filter(person=person)
    context = {"form": form, "away": listed, "names": names, "own": own, "today": on}
    return render(request, "accounts/away.html", context)


@require_POST
def back(request: HttpRequest, pk: int) -> HttpResponse:
    """The absence ends."""
    own, person = _who(request)
    known = absences.absences_of(own.organisation, timezone.localdate())
    absence = get_object_or_404(known, pk=pk)
    try:
        absences.come_back(absence, by=person, at=timezone.now())
        messages.success(request, _("The absence has ended."))
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("away")


def _name(by: User, held: Membership, form: DeputyForm) -> bool:
    try:
        person = form.cleaned_data["deputy"]
        absences.name_deputy(held, person, form.days(), by=by, at=timezone.now())
    except Refused as refused:
        form.refuse(refused)
        return False
    return True


def _go(by: User, form: AbsenceForm) -> bool:
    named = form.cleaned_data.get("deputy")
    try:
        absences.go_away(form.held, form.days(), by=by, at=timezone.now(), deputy=named)
    except Refused as refused:
        form.refuse(refused)
        return False
    return True


def _who(request: HttpRequest) -> tuple[Membership, User]:
    own, person = acting(request).membership, request.user
    assert own is not None  # noqa: S101  (the route asks for a role)
    assert isinstance(person, User)  # noqa: S101  (the same)
    return own, person
