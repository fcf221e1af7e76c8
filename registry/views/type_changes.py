"""The Department's pages of the catalogue: changing it, and a change side by side."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from accounts.access import acting
from accounts.unsent import unsent
from casework import ripple
from casework.engine import objections
from casework.forms.step import form_for
from casework.parameters import rules_on
from casework.process import Ask, Refused
from casework.views.case import visible_detail
from registry.catalogue import content
from registry.catalogue.forms import ChangeForm, ProcedureForm, VersionForm
from registry.catalogue.proposing import propose
from registry.flows import TypeChangeFlow
from registry.models import Type, TypeChange
from registry.queries import types

W = TypeChange.What


def listed(request: HttpRequest) -> HttpResponse:
    """Every type with its version, and the changes that wait."""
    context = {
        "types": types.through_time(timezone.localdate()),
        "waiting": types.changes_waiting(),
    }
    return render(request, "registry/type_changes.html", context)


def version(request: HttpRequest, code: str) -> HttpResponse:
    """A new version of a type, written from the last one."""
    type_ = _type(code)
    typed = unsent(request) or content.of_type(types.newest(type_.pk))
    return _write(request, type_, VersionForm(request.POST or None, typed))


def retire(request: HttpRequest, code: str) -> HttpResponse:
    """The day from which a type is not there any more."""
    return _write(request, _type(code), ChangeForm(request.POST or None, unsent(request)))


def procedure(request: HttpRequest, code: str) -> HttpResponse:
    """A new version of a procedure, written from the last one."""
    type_, last = _type(code), types.newest_procedure(code)
    steps = content.of_procedure(last)["steps"] if last else []
    return _write(request, type_, ProcedureForm(request.POST or None, steps=steps))


def change(request: HttpRequest, ref: str) -> HttpResponse:
    """What was and what will be, side by side; whoever may approves it here."""
    detail = visible_detail(request, ref)
    if not isinstance(detail, TypeChange):
        raise Http404
    step, who = TypeChangeFlow.approve, acting(request)
    ask: Ask[Any] = Ask(detail, who, timezone.now(), rules_on(timezone.localdate()))
    mine = detail.case.state in step.sources and step.by.admits(who, detail)
    touched = ripple.touched_by(step.ripple, ask) if mine else []
    form = form_for(step, detail, who)
    form.confirm(ripple.digest(touched) if touched else "")
    context = {
        "change": detail,
        "stage": TypeChangeFlow.stages[detail.case.state],
        "heading": TypeChangeFlow.heading(detail),
        "lines": content.compared(*_both(detail, ask.rules.catalogue)),
        "mine": mine,
        "touched": touched,
        "objections": list(objections(step, ask)) if mine else [],
        "form": form,
    }
    return render(request, "registry/type_change.html", context)


def _type(code: str) -> Type:
    found = Type.objects.filter(code=code).first()
    if found is None:
        raise Http404
    return found


def _write(request: HttpRequest, type_: Type, form: ChangeForm) -> HttpResponse:
    if request.method == "POST" and form.is_valid() and (made := _propose(request, type_, form)):
        return redirect("type-change", made.case.ref)
    stand = types.through_time(timezone.localdate(), type_.code)[0]
    template = f"registry/type_{form.what}.html"
    return render(request, template, {"form": form, "type": type_, "through": stand})


def _propose(request: HttpRequest, type_: Type, form: ChangeForm) -> TypeChange | None:
    key, at = form.cleaned_data["key"], timezone.now()
    try:
        return propose(type_, form.draft(), by=acting(request), at=at, key=key)
    except Refused as refused:
        form.refuse(refused)
        return None


def _both(detail: TypeChange, edition: UUID) -> tuple[content.Content, content.Content]:
    """What the change takes the place of, and what it writes."""
    if detail.what == W.PROCEDURE:
        number = detail.procedure_version.number - 1 if detail.procedure_version else None
        old = types.procedure_version(detail.type.code, number)
        return (content.of_procedure(old) if old else {}), detail.content
    return content.of_type(
        types.last_before(detail.type_id, detail.from_on, edition)
    ), detail.content
