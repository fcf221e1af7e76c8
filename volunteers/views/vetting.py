"""The Department's checks: what waits for a second checker, and whose certificate is to be seen."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.access import acting
from casework.process import Refused
from casework.queries import detail_of
from registry.queries.cursors import Cursor
from volunteers.forms.people import NameForm
from volunteers.forms.vetting import OpinionForm
from volunteers.models import Outcome
from volunteers.queries import people, recording, waiting
from volunteers.services import outcomes


def queue(request: HttpRequest) -> HttpResponse:
    """What waits to be confirmed, the latest first, and who has no certificate yet."""
    at = timezone.now()
    form = NameForm(request.GET)
    context: dict[str, Any] = {"form": form, "q": request.GET.get("q", "")}
    context["waiting"] = recording.waiting_for_the_second(acting(request), at)
    context["tabs"] = waiting.by_tab(acting(request))
    if wanted := form.wanted():
        today = timezone.localdate(at)
        found = people.narrowed(recording.to_record(today), wanted, today)
        after = Cursor.from_text(request.GET.get("after", ""))
        context |= {"page": people.page(found, after=after), "further": after is not None}
    return render(request, "volunteers/vetting.html", context)


def second(request: HttpRequest, ref: str) -> HttpResponse:
    """The second checker answers without seeing the first outcome."""
    detail = _waiting(request, ref)
    form = OpinionForm(request.POST or None, initial={"seen": detail.case.version})
    if form.is_valid() and _answer(request, detail, form):
        messages.success(request, _("Thank you. Your answer is recorded."))
        return redirect("vetting")
    context: dict[str, Any] = {"detail": detail, "form": form}
    context["own"] = detail.case.opened_by_id == request.user.pk
    if not context["own"]:
        context["end"] = outcomes.end_of_number(detail, by=acting(request))
    return render(request, "volunteers/second.html", context)


def _waiting(request: HttpRequest, ref: str) -> Outcome:
    detail = detail_of(acting(request), ref, timezone.now())
    if not isinstance(detail, Outcome) or detail.case.state != "waiting_second":
        raise Http404(_("This check no longer waits: somebody was quicker."))
    return detail


def _answer(request: HttpRequest, detail: Outcome, form: OpinionForm) -> bool:
    answer = form.cleaned_data
    try:
        outcomes.second_opinion(
            detail,
            answer["opinion"],
            by=acting(request),
            at=timezone.now(),
            key=answer["key"],
            seen=answer["seen"],
            reason=answer["reason"],
        )
    except Refused as refused:
        form.refuse(refused)
        return False
    return True
