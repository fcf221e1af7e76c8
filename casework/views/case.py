"""The page of any case, and the page of any step: what a flow's table offers, and nothing else."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from accounts.access import acting
from accounts.unsent import unsent
from casework import engine, queries, ripple
from casework.forms.step import StepForm, form_for
from casework.models import Case
from casework.papers import finding
from casework.parameters import rules_known
from casework.process import Ask, Refused, Step, flow_of
from casework.ripple import Touched


def case_page(request: HttpRequest, ref: str) -> HttpResponse:
    """Facts, running terms, what can be done now, and the timeline."""
    detail = visible_detail(request, ref)
    at, who, flow = timezone.now(), acting(request), flow_of(detail.case)
    happened = queries.timeline(detail.case)
    context = {
        "case": detail.case,
        "flow": flow,
        "stage": flow.stages[detail.case.state],
        "heading": flow.heading(detail),
        "shown": flow.shown(detail),
        "terms": queries.running_terms(detail.case, at),
        "offers": engine.offers(detail, who, at),
        "ways": flow.ways(detail, who, at),
        "timeline": happened,
        "beside": flow.beside(detail, who, at),
        "papers": finding.of_case(detail.case, happened),
    }
    return render(request, "casework/case.html", context)


def step_page(request: HttpRequest, ref: str, step: str) -> HttpResponse:
    """One step's form; a refusal comes back with everything that was typed."""
    detail = visible_detail(request, ref)
    taken = _step(detail.case, step)
    if taken.page and request.method == "GET":
        return redirect(taken.page, ref)
    form = form_for(taken, detail, acting(request), request.POST or None, initial=unsent(request))
    if request.method == "POST" and form.is_valid() and _take(request, taken, detail, form):
        messages.success(request, str(taken.past))
        return redirect(_next(request, detail.case))
    return render(request, "casework/step.html", _context(request, taken, detail, form))


def visible_detail(request: HttpRequest, ref: str) -> Any:
    """The case by its reference if it may be seen; otherwise there is no such page."""
    detail = queries.detail_of(acting(request), ref, timezone.now())
    if detail is None:
        raise Http404
    return detail


def _step(case: Case, name: str) -> Step:
    step = flow_of(case).steps.get(name)
    if step is None:
        raise Http404
    return step


def _take(request: HttpRequest, step: Step, detail: Any, form: StepForm) -> bool:
    answers = form.answers() | {"confirmed": form.cleaned_data["confirmed"]}
    try:
        step(
            detail,
            by=acting(request),
            at=timezone.now(),
            key=form.cleaned_data["key"],
            seen=form.cleaned_data["seen"],
            **answers,
        )
    except Refused as refused:
        # What is touched is shown and confirmed on the page that comes back: no mistake was made.
        if refused.objections != (engine.TOUCHED,):
            form.refuse(refused)
        return False
    return True


def _context(request: HttpRequest, step: Step, detail: Any, form: StepForm) -> dict[str, Any]:
    flow, who = flow_of(detail.case), acting(request)
    rules = rules_known(detail, timezone.localdate())
    ask = Ask(detail, who, timezone.now(), rules, form.answers())
    mine = step.by.admits(who, detail) and detail.case.state in step.sources
    return {
        "case": detail.case,
        "flow": flow,
        "step": step,
        "heading": flow.heading(detail),
        "touched": _touched(step, ask, form) if mine else [],
        "form": form,
        "mine": mine,
        "objections": list(engine.objections(step, ask)) if mine and not form.is_bound else [],
        "next": request.GET.get("next", request.POST.get("next", "")),
    }


def _touched(step: Step, ask: Ask[Any], form: StepForm) -> list[Touched]:
    """What would be touched, once the step's questions are answered; the form then confirms it."""
    if not step.ripple or (step.asks is not None and not form.is_valid()):
        return []
    touched = ripple.touched_by(step.ripple, ask)
    form.confirm(ripple.digest(touched) if touched else "")
    return touched


def _next(request: HttpRequest, case: Case) -> str:
    where = request.POST.get("next", "")
    allowed = url_has_allowed_host_and_scheme(where, allowed_hosts={request.get_host()})
    return where if allowed else case.get_absolute_url()
