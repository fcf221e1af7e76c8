"""Giving out a paper as PDF: made anew from its row, shown by the browser."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from accounts.access import acting
from casework.models import Paper
from casework.papers import finding, pdf
from casework.papers.codes import read_code

GUARDED = "private, no-store"
FOR_EVERYBODY = "public, max-age=300"


@require_safe
def paper(request: HttpRequest, code: str) -> HttpResponse:
    """A paper of a case, for whoever may see the case."""
    return _given(finding.visible(acting(request), read_code(code)), GUARDED)


@require_safe
def extract(request: HttpRequest, code: str) -> HttpResponse:
    """An extract from the register, for everybody."""
    return _given(finding.extract(read_code(code)), FOR_EVERYBODY)


def _given(found: Paper | None, keeping: str) -> HttpResponse:
    if found is None:
        raise Http404
    answer = HttpResponse(pdf(found), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{found.file_name}"'
    answer["Cache-Control"] = keeping
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cross-Origin-Resource-Policy"] = "same-origin"
    # Our pages' policy forbids objects and styles, of which a browser's PDF viewer is made.
    answer["Content-Security-Policy"] = "default-src 'self' 'unsafe-inline'; frame-ancestors 'none'"
    return answer
