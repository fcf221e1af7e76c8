"""A volunteer's own clearance: the list of tasks, and what they declare themselves."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.access import acting
from casework.process import Refused
from volunteers.forms.vetting import AgreeForm
from volunteers.models import CheckedBy, Requirement, Volunteer
from volunteers.queries import checklist
from volunteers.queries.clearance import standings
from volunteers.services import outcomes


def mine(request: HttpRequest) -> HttpResponse:
    """What is done, what is yours to do now, what waits for others."""
    volunteer, on = _oneself(request), timezone.localdate()
    tasks = checklist.clearances_of(volunteer, on)
    context = {
        "tasks": tasks,
        "next": checklist.next_task(tasks),
        "done": sum(task.through_today for task in tasks),
        "standing": standings([volunteer.pk], None, on)[volunteer.pk],
    }
    return render(request, "volunteers/clearance.html", context)


def agree(request: HttpRequest, code: str) -> HttpResponse:
    """The text, and the volunteer's word that they agree."""
    volunteer = _oneself(request)
    asked = get_object_or_404(Requirement, code=code, checked_by=CheckedBy.SELF)
    form = AgreeForm(request.POST or None, words=_("I have read this and agree"))
    if request.method == "POST" and form.is_valid() and _agree(request, volunteer, asked, form):
        messages.success(request, _("Thank you. It is recorded."))
        return redirect("clearance")
    language = "ru" if (get_language() or "").startswith("ru") else "en"
    text = f"volunteers/texts/{asked.code}.{language}.html"
    context = {"asked": asked, "form": form, "text": text}
    return render(request, "volunteers/agree.html", context)


def _agree(request: HttpRequest, volunteer: Volunteer, asked: Requirement, form: AgreeForm) -> bool:
    key, by = form.cleaned_data["key"], acting(request)
    try:
        outcomes.agree(volunteer, asked, by=by, at=timezone.now(), key=key)
    except Refused as refused:
        form.refuse(refused)
        return False
    return True


def _oneself(request: HttpRequest) -> Volunteer:
    found = Volunteer.objects.filter(pk=acting(request).user.pk).first()
    if found is None:
        raise Http404
    return found
