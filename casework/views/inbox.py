"""What somebody was told: the notices in the product."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from casework.letters import letter
from casework.models import Notice

PAGE = 20


def inbox(request: HttpRequest) -> HttpResponse:
    """The reader's notices, newest first; opening the page marks what it shows as read."""
    notices = Notice.objects.filter(person=request.user.pk).select_related("person", "case")
    page = Paginator(notices.order_by("-at", "-pk"), PAGE).get_page(request.GET.get("page"))
    shown: list[dict[str, Any]] = [
        {"notice": one, "letter": letter(one, request.LANGUAGE_CODE), "new": one.read_at is None}
        for one in page
    ]
    new = [one["notice"].pk for one in shown if one["new"]]
    if new:
        Notice.objects.filter(pk__in=new, read_at=None).update(read_at=timezone.now())
    return render(request, "casework/inbox.html", {"page": page, "shown": shown})
