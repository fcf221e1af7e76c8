"""Anybody checks a paper: by its code, and byte by byte."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from casework.forms.verify import Code, handed_in
from casework.models import Paper
from casework.papers import finding
from casework.papers.codes import read_code

TOO_LARGE, NOTHING, SAME, OTHER = "too_large", "nothing", "same", "other"


@require_safe
def ask(request: HttpRequest) -> HttpResponse:
    """The form for a code; a code leads to its page."""
    form = Code(request.GET if "code" in request.GET else None)
    if form.is_valid():
        return redirect("verify-code", form.cleaned_data["code"])
    return render(request, "casework/verify.html", {"form": form})


# Nothing is changed and nothing kept, so there is nothing to forge; and the file must reach the
# handler that only counts it, before anything else reads the request.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, code: str) -> HttpResponse:
    """Whether a paper of this code was issued here; a file that is handed in is compared."""
    known = finding.known(read_code(code))
    if known is None:
        context = {"form": Code(), "code": code}
        return render(request, "casework/verify_unknown.html", context, status=404)
    compared = _compared(request, known.paper) if request.method == "POST" else ""
    return render(request, "casework/verified.html", {"known": known, "compared": compared})


def _compared(request: HttpRequest, paper: Paper) -> str:
    sent = handed_in(request)
    if sent.too_large:
        return TOO_LARGE
    if not sent.sha256:
        return NOTHING
    return SAME if sent.sha256 == paper.pdf_sha256 else OTHER
