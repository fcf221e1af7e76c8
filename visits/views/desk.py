"""Answering requests: the queue, the decision, its check, what was sent."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.access import acting
from accounts.unsent import unsent
from casework import engine, queries
from casework.letters import Letter
from casework.process import Refused
from registry.kinds import has_children
from visits.flows import VisitFlow
from visits.flows.stages import STAGES
from visits.forms.desk import APPROVE, MOVE, REFUSE, DecisionForm
from visits.queries.desk import desk
from visits.queries.dossier import DECIDING, dossier, found, last_decision, next_ref, told
from visits.queries.previews import preview


def queue(request: HttpRequest) -> HttpResponse:
    """What waits for an answer, by deadline; offers under way; what is booked this week."""
    context = {"desk": desk(acting(request), timezone.now()), "now": timezone.now()}
    return render(request, "visits/queue.html", context)


def review(request: HttpRequest) -> HttpResponse:
    """Booked visits with somebody who has lost their clearance since."""
    context = {"desk": desk(acting(request), timezone.now()), "now": timezone.now()}
    return render(request, "visits/queue_review.html", context)


def decision(request: HttpRequest, ref: str) -> HttpResponse:
    """Facts, people, checks and the choice; or who has decided already."""
    return _page(request, _visit(request, ref))


def check(request: HttpRequest, ref: str) -> HttpResponse:
    """What will be sent, word by word; sending it takes the step."""
    if request.method != "POST":
        return decision(request, ref)
    visit = _visit(request, ref)
    form = DecisionForm(visit, acting(request), request.POST)
    if not form.is_valid() or "back" in request.POST:
        return _page(request, visit, form)
    if "send" in request.POST:
        return _send(request, visit, form)
    against = list(engine.objections(form.step, form.ask(acting(request), timezone.now())))
    if against:
        form.refuse(Refused(*against))
        return _page(request, visit, form)
    context = {"visit": visit, "form": form, "letter": _letter(request, visit, form)}
    return render(request, "visits/check.html", context)


def sent(request: HttpRequest, ref: str) -> HttpResponse:
    """Who was told, and what happens next."""
    visit, at = _visit(request, ref), timezone.now()
    taken = last_decision(visit.case)
    if taken is None:
        return redirect("request", ref)
    context = {
        "visit": visit,
        "decision": taken,
        "past": VisitFlow.steps[taken.step].past,
        "told": told(taken),
        "terms": queries.running_terms(visit.case, at),
        "next": next_ref(acting(request), at),
    }
    return render(request, "visits/sent.html", context)


def _visit(request: HttpRequest, ref: str) -> Any:
    visit = found(acting(request), ref)
    if visit is None:
        raise Http404
    return visit


def _page(request: HttpRequest, visit: Any, form: DecisionForm | None = None) -> HttpResponse:
    known = dossier(visit, acting(request), timezone.now())
    context: dict[str, Any] = {"dossier": known, "visit": visit, "stage": STAGES[visit.case.state]}
    if known.is_waiting:
        form = form or DecisionForm(visit, acting(request), initial=unsent(request))
        context |= {"form": form, "letters": _letters(request, visit, form)}
        context["children"] = has_children(visit.institution.kind.code)
    else:
        timeline = queries.timeline(visit.case)
        decided = [one.decision for one in timeline if one.decision.step in DECIDING]
        context |= {"decision": decided[-1] if decided else None, "timeline": timeline}
    return render(request, "visits/decision.html", context)


def _send(request: HttpRequest, visit: Any, form: DecisionForm) -> HttpResponse:
    try:
        form.step(
            visit,
            by=acting(request),
            at=timezone.now(),
            key=form.cleaned_data["key"],
            seen=form.cleaned_data["seen"],
            **form.answers(),
        )
    except Refused as refused:
        form.refuse(refused)
        return _page(request, _visit(request, visit.case.ref), form)
    return redirect("request-sent", visit.case.ref)


def _letter(request: HttpRequest, visit: Any, form: DecisionForm) -> Letter:
    """The letter of the choice made."""
    offered = form.picked
    return preview(
        visit,
        form.step.name,
        request.LANGUAGE_CODE,
        supervisor=form.chosen_supervisor,
        offered=offered.during.lower if offered else None,
        code=form.cleaned_data["code"],
        reason=form.cleaned_data["reason"],
    )


def _letters(request: HttpRequest, visit: Any, form: DecisionForm) -> dict[str, Letter]:
    """A letter for each choice, with what was typed so far."""
    language, typed = request.LANGUAGE_CODE, form.data
    reason = typed.get("reason", "")
    code = typed.get("code") or str(_("what you choose above"))
    letters = {
        APPROVE: preview(visit, APPROVE, language, reason=reason),
        REFUSE: preview(visit, REFUSE, language, reason=reason, code=code),
    }
    if form.free:
        offered = (form.picked or form.free[0]).during.lower
        letters[MOVE] = preview(visit, MOVE, language, reason=reason, offered=offered)
    return letters
