"""Pages that need no data."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def help_page(request: HttpRequest) -> HttpResponse:
    """What Open Doors is for, in plain words, and how to sign in."""
    return render(request, "help.html")
