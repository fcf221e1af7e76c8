"""Giving a file out: always to be saved, never to be shown by this site."""

import logging

from django.http import Http404, HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from accounts.access import acting
from casework import trail
from casework.files import links, store
from casework.models import File

log = logging.getLogger(__name__)
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "private, no-store",
    "Referrer-Policy": "no-referrer",
}


@require_safe
def give(request: HttpRequest, token: str) -> HttpResponseBase:
    """The file behind a link, or a page that says why not."""
    try:
        file = links.followed(token, acting(request), timezone.localdate())
    except links.Expired:
        return render(request, "casework/file_expired.html", status=410)
    if file is None:
        raise Http404
    return _given(request, file)


def _given(request: HttpRequest, file: File) -> HttpResponseBase:
    if not store.is_whole(file):
        log.error("File %s is missing or does not match its hash.", file.pk)
        return render(request, "casework/file_damaged.html", {"file": file}, status=503)
    actor = acting(request).user.pk
    trail.record(tenant=file.owner_id, actor=actor, action="file.opened", subject=f"file:{file.pk}")
    own = {
        "Content-Type": file.media_type,
        "Content-Length": str(file.size),
        "Content-Disposition": str(content_disposition_header(True, file.name)),
    }
    return StreamingHttpResponse(store.chunks(file), headers=HEADERS | own)
