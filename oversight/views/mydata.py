"""A person's own data: what is kept, a copy of it, consents, requests."""

from typing import cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.access import acting
from accounts.models import User
from accounts.unsent import unsent
from casework import ripple
from casework.forms.step import form_for
from casework.parameters import rules_on
from casework.process import Refused
from oversight import services
from oversight.data_forms import CorrectForm, EraseForm
from oversight.models import Asked, DataRequest
from oversight.queries import mydata
from oversight.queries.moments import Moment
from oversight.queries.reviews import page
from oversight.views.addresses import without
from volunteers.flows.outcome import OutcomeFlow

PAGE = 25


def data(request: HttpRequest) -> HttpResponse:
    """What is kept, why, until when; consents; requests; and what can be done about it."""
    person = _oneself(request)
    context = {
        "sections": mydata.sections_of(person, rules_on(timezone.localdate())),
        "consents": mydata.consents_of(person),
        "requests": mydata.requests_of(person),
    }
    return render(request, "oversight/my-data.html", context)


@require_POST
def copy(request: HttpRequest) -> HttpResponse:
    """Everything, made at once and given to whoever is signed in: no link, no mail."""
    made = services.copy_for(_oneself(request), by=acting(request), at=timezone.now())
    answer = HttpResponse(made, content_type="application/zip")
    answer["Content-Disposition"] = 'attachment; filename="my-data.zip"'
    answer["Cache-Control"] = "no-store"
    return answer


def correct(request: HttpRequest) -> HttpResponse:
    """The data as they stand; what is changed goes to the Department as a request."""
    form = CorrectForm(request.POST or None, person=_oneself(request), initial=unsent(request))
    sent = request.method == "POST" and form.is_valid()
    if sent and (asked := _ask(request, form, Asked.CORRECT)):
        return redirect(asked.case)
    return render(request, "oversight/my-data-correct.html", {"form": form})


def erase(request: HttpRequest) -> HttpResponse:
    """What goes, what stays, and the request itself."""
    form = EraseForm(request.POST or None, initial=unsent(request))
    sent = request.method == "POST" and form.is_valid()
    if sent and (asked := _ask(request, form, Asked.ERASE)):
        return redirect(asked.case)
    return render(request, "oversight/my-data-erase.html", {"form": form})


def consent(request: HttpRequest, ref: str) -> HttpResponse:
    """What follows when the consent is withdrawn; the form is that of the step itself."""
    given = mydata.consent_of(_oneself(request), ref)
    if given is None:
        raise Http404
    touched = mydata.follows(given, acting(request), timezone.now())
    form = form_for(OutcomeFlow.revoke, given, acting(request))
    context = {"given": given, "touched": touched, "key": form["key"].value()}
    context["confirmed"] = ripple.digest(touched) if touched else ""
    return render(request, "oversight/my-data-consent.html", context)


def requests(request: HttpRequest) -> HttpResponse:
    """What waits for a checker, the nearest last day first."""
    at, after = timezone.now(), Moment.from_text(request.GET.get("after", ""))
    cases = mydata.waiting(acting(request))
    context = {
        "waiting": cases.count(),
        "page": page(cases, at, after=after, size=PAGE),
        "further": after,
        **without(request),
    }
    return render(request, "oversight/data-requests.html", context)


def _ask(request: HttpRequest, form: CorrectForm | EraseForm, what: str) -> DataRequest | None:
    given = {"key": form.cleaned_data["key"], "words": form.cleaned_data["words"]}
    by, at = acting(request), timezone.now()
    try:
        return services.ask_about_data(
            _oneself(request), what, by=by, at=at, wanted=form.wanted(), **given
        )
    except Refused as refused:
        form.refuse(refused)
        return None


def _oneself(request: HttpRequest) -> User:
    return cast(User, request.user)
