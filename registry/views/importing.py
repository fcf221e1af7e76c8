"""The pages of an import, whatever is imported: upload, look, write, follow, mend."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise

from accounts.access import acting
from registry import queries, services, tasks
from registry.forms import UploadForm
from registry.importing.plans import Plan
from registry.models import UNDER_WAY, BatchState, ImportBatch
from registry.queries.imports import shown, to_mend
from registry.reading import NotARegister
from registry.spreadsheets import csv_answer

LOOK_AGAIN = 2  # seconds


@dataclass(frozen=True)
class ImportPages:
    """The pages of one kind of file; `address` names the upload, `address`-batch one file.

    `plan` and `done` are the templates of a file that is read and of one that is written.
    """

    kind: str
    title: str | Promise
    address: str
    choose: str
    plan: str
    done: str

    def upload(self, request: HttpRequest) -> HttpResponse:
        """Choose a file; the files of before."""
        form = UploadForm(request.POST or None, request.FILES or None)
        if form.is_valid():
            try:
                return self._to(self._receive(request, form).pk)
            except NotARegister as refusal:
                form.add_error("file", str(refusal))
        context = {"form": form, "batches": queries.batches(acting(request), self.kind)}
        return render(request, self.choose, context)

    def batch(self, request: HttpRequest, number: int) -> HttpResponse:
        """One file: what it would change, how far it is written, or what it has changed."""
        found = self._found(request, number)
        if found.state in UNDER_WAY:
            return self._progress(request, found)
        ready = found.state == BatchState.READY
        context: dict[str, Any] = {"batch": found, "ready": ready}
        if found.state != BatchState.REFUSED:
            plan = _plan(found)
            context |= shown(plan) | self.more(plan)
        return render(request, self.plan if ready else self.done, context)

    def apply(self, request: HttpRequest, number: int) -> HttpResponse:
        """Write the file; once is enough."""
        tasks.start(self._found(request, number))
        return self._to(number)

    def rejected(self, request: HttpRequest, number: int) -> HttpResponse:
        """The rows that were not taken, to mend them."""
        found = self._found(request, number)
        return csv_answer(f"rejected-{found.pk}.csv", to_mend(_plan(found)))

    def more(self, plan: Plan) -> dict[str, Any]:
        """What the page of one batch says beside the counts."""
        return {}

    def _to(self, number: int) -> HttpResponse:
        return redirect(f"{self.address}-batch", number=number)

    def _progress(self, request: HttpRequest, found: ImportBatch) -> HttpResponse:
        context = {"batch": found, "title": self.title, "import_url": reverse(self.address)}
        answer = render(request, "registry/import_progress.html", context)
        answer["Refresh"] = str(LOOK_AGAIN)
        return answer

    def _found(self, request: HttpRequest, number: int) -> ImportBatch:
        seen = ImportBatch.objects.visible_to(acting(request)).filter(kind=self.kind)
        return get_object_or_404(seen, pk=number)

    def _receive(self, request: HttpRequest, form: UploadForm) -> ImportBatch:
        who, file = acting(request), form.cleaned_data["file"]
        return services.receive(
            kind=self.kind,
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
