"""What is asked of volunteers: the public list, changing it, and a change before it is approved."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from accounts.access import acting
from accounts.roles import Role
from accounts.unsent import unsent
from casework import ripple
from casework.engine import objections
from casework.forms.step import form_for
from casework.parameters import rules_on
from casework.process import Ask, Refused
from casework.views.case import visible_detail
from volunteers.flows.requirement import RequirementFlow
from volunteers.forms.requirements import ChangeForm, DayOfRequirements, NewRequirementForm
from volunteers.models import Requirement, RequirementChange
from volunteers.queries import requirements as queries
from volunteers.services import requirements as services
from volunteers.services.requirements import Described


def listed(request: HttpRequest) -> HttpResponse:
    """Everything asked on a day, by tier; whoever keeps the register also sees what waits."""
    today = timezone.localdate()
    form = DayOfRequirements(request.GET if request.GET.get("on") else None, initial={"on": today})
    on = form.cleaned_data["on"] if form.is_valid() else today
    keeps = acting(request).role == Role.REGISTRAR
    context = {
        "form": form,
        "on": on,
        "today": today,
        "groups": queries.groups(on),
        "keeps": keeps and on == today,
        "idle": queries.not_asked(today) if keeps and on == today else [],
        "waiting": queries.waiting() if keeps else [],
    }
    return render(request, "volunteers/requirements.html", context)


def change(request: HttpRequest, code: str) -> HttpResponse:
    """From which tier on a requirement is to be asked, or that it is asked no longer."""
    requirement = get_object_or_404(Requirement, code=code)
    form = ChangeForm(request.POST or None, unsent(request))
    last = queries.last_demand(requirement.pk)
    context = {"requirement": requirement, "last": last}
    return _write(request, form, requirement, context)


def new(request: HttpRequest) -> HttpResponse:
    """A requirement that there was not."""
    form = NewRequirementForm(request.POST or None, unsent(request))
    described = form.described() if request.method == "POST" and form.is_valid() else None
    return _write(request, form, described, {})


def change_page(request: HttpRequest, ref: str) -> HttpResponse:
    """What changes, who falls out, which visits it touches; whoever may approves it here."""
    detail = visible_detail(request, ref)
    if not isinstance(detail, RequirementChange):
        raise Http404
    step, who = RequirementFlow.approve, acting(request)
    ask: Ask[Any] = Ask(detail, who, timezone.now(), rules_on(timezone.localdate()))
    mine = detail.case.state in step.sources and step.by.admits(who, detail)
    waits = detail.case.state in RequirementFlow.approve.sources
    touched = ripple.touched_by(step.ripple, ask) if waits else []
    form = form_for(step, detail, who)
    form.confirm(ripple.digest(touched) if touched else "")
    context = {
        "change": detail,
        "stage": RequirementFlow.stages[detail.case.state],
        "heading": RequirementFlow.heading(detail),
        "shown": RequirementFlow.shown(detail),
        "waits": waits,
        "falling": queries.falling_by_ngo(detail) if waits else [],
        "mine": mine,
        "touched": touched,
        "objections": list(objections(step, ask)) if mine else [],
        "form": form,
    }
    return render(request, "volunteers/requirement-change.html", context)


def _write(
    request: HttpRequest,
    form: ChangeForm,
    requirement: Requirement | Described | None,
    context: dict[str, Any],
) -> HttpResponse:
    ready = request.method == "POST" and form.is_valid()
    if ready and requirement and (made := _propose(request, requirement, form)):
        return redirect("requirement-change", made.case.ref)
    return render(request, "volunteers/requirement-write.html", {"form": form} | context)


def _propose(
    request: HttpRequest, requirement: Requirement | Described, form: ChangeForm
) -> RequirementChange | None:
    key, at, by = form.cleaned_data["key"], timezone.now(), acting(request)
    try:
        return services.propose(requirement, form.wanted(), by=by, at=at, key=key)
    except Refused as refused:
        form.refuse(refused)
        return None
