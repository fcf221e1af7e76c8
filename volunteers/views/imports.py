"""Importing a list of volunteers: upload, look, write, follow."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.access import acting
from registry import queries, services, tasks
from registry.forms import UploadForm
from registry.importing.plans import Plan
from registry.models import UNDER_WAY, BatchState, ImportBatch
from registry.queries.imports import shown, to_mend
from registry.reading import NotARegister
from registry.spreadsheets import csv_answer
from volunteers.importing.importer import KIND

LOOK_AGAIN = 2  # seconds


def upload(request: HttpRequest) -> HttpResponse:
    """Choose a file; the files of before."""
    form = UploadForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        try:
            return redirect("people-import-batch", number=_receive(request, form).pk)
        except NotARegister as refusal:
            form.add_error("file", str(refusal))
    context = {"form": form, "batches": queries.batches(acting(request), KIND)}
    return render(request, "volunteers/import.html", context)


def batch(request: HttpRequest, number: int) -> HttpResponse:
    """One file: what it would change, how far it is written, or what it has changed."""
    found = _found(request, number)
    if found.state in UNDER_WAY:
        answer = render(request, "volunteers/import-progress.html", {"batch": found})
        answer["Refresh"] = str(LOOK_AGAIN)
        return answer
    context: dict[str, Any] = {"batch": found, "ready": found.state == BatchState.READY}
    if found.state != BatchState.REFUSED:
        plan = _plan(found)
        context |= shown(plan)
        context["minors"] = sum(row.target.minor for row in plan.rows if row.target)
    return render(request, "volunteers/import-batch.html", context)


@require_POST
def apply(request: HttpRequest, number: int) -> HttpResponse:
    """Write the file; once is enough."""
    tasks.start(_found(request, number))
    return redirect("people-import-batch", number=number)


def rejected(request: HttpRequest, number: int) -> HttpResponse:
    """The rows that were not taken, to mend them."""
    found = _found(request, number)
    return csv_answer(f"rejected-{found.pk}.csv", to_mend(_plan(found)))


def _found(request: HttpRequest, number: int) -> ImportBatch:
    seen = ImportBatch.objects.visible_to(acting(request)).filter(kind=KIND)
    return get_object_or_404(seen, pk=number)


def _receive(request: HttpRequest, form: UploadForm) -> ImportBatch:
    who, file = acting(request), form.cleaned_data["file"]
    return services.receive(
        kind=KIND,
        name=file.name,
        content=file.read(),
        owner=who.organisation,
        by_id=who.user.pk,
        at=timezone.now(),
    )


def _plan(found: ImportBatch) -> Plan:
    """Before writing, from the file; afterwards, from what was noted."""
    if found.state == BatchState.READY:
        return services.plan_batch(found)
    return queries.written(found)
