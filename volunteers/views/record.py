"""Recording what a check of a person came to: filled in, looked at, written."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.access import acting
from accounts.permissions import Permission
from accounts.roles import OrganisationKind
from casework.process import Refused
from volunteers.forms.vetting import Preview, RecordForm
from volunteers.models import Volunteer
from volunteers.queries.recording import institution_of, recordable
from volunteers.services import outcomes


def record(request: HttpRequest, person: int) -> HttpResponse:
    """Which requirement, passed or not, number and day; first what it would mean, then done."""
    who, today = acting(request), timezone.localdate()
    seen = Volunteer.objects.visible_to(who, today).select_related("person")
    volunteer = get_object_or_404(seen, pk=person)
    asked, chosen = recordable(who, volunteer, today), request.GET.get("requirement", "")
    form = RecordForm(request.POST or None, requirements=asked, chosen=chosen, today=today)
    preview = form.preview() if form.is_valid() else None
    if preview and request.POST.get("sure") == preview.sign:
        if _record(request, volunteer, form, preview):
            return _done(request, volunteer)
        preview = None
    context = {"volunteer": volunteer, "form": form, "preview": preview, "asked": asked}
    context["directs"] = who.may(Permission.DIRECT)
    return render(request, "volunteers/record.html", context)


def _record(request: HttpRequest, volunteer: Volunteer, form: RecordForm, preview: Preview) -> bool:
    who = acting(request)
    try:
        outcomes.record(
            volunteer,
            preview.requirement,
            by=who,
            at=timezone.now(),
            key=form.cleaned_data["key"],
            on=preview.on,
            passed=preview.passed,
            number=form.cleaned_data["number"],
            institution=institution_of(who),
        )
    except Refused as refused:
        form.refuse(refused)
        return False
    return True


def _done(request: HttpRequest, volunteer: Volunteer) -> HttpResponse:
    messages.success(request, _("It is recorded."))
    organisation = acting(request).organisation
    if organisation and organisation.kind == OrganisationKind.INSTITUTION:
        return redirect("person-record", person=volunteer.pk)
    return redirect("person", person=volunteer.pk)
