"""The help pages: one for each side, written whole in each language."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Topic:
    """One help page: its address and its title."""

    key: str
    title: str | Promise


TOPICS = {
    topic.key: topic
    for topic in (
        Topic("volunteer", _("For volunteers: from the first step to the confirmed hours")),
        Topic("ngo", _("For NGOs: register, agree, name people, book")),
        Topic("institution", _("For institutions: the door, requests, closures")),
        Topic("gate", _("For the gate: let in, let out, turn away")),
        Topic("department", _("For the Department: the register, what is late, the trail")),
        Topic("neighbours", _("For everybody: what may be known and told")),
    )
}


def help_page(request: HttpRequest) -> HttpResponse:
    """What stands where."""
    return render(request, "help/index.html", {"topics": TOPICS.values()})


def topic_page(request: HttpRequest, key: str) -> HttpResponse:
    """Help for one side."""
    if key not in TOPICS:
        raise Http404
    language = "ru" if (get_language() or "").startswith("ru") else "en"
    context = {"topic": TOPICS[key], "text": f"help/texts/{key}.{language}.html"}
    return render(request, "help/topic.html", context)
