"""Which page of a numbered list is asked for."""

from django.http import HttpRequest

TOO_LONG = len("10000")


def page_number(request: HttpRequest) -> int:
    """The page asked for; anything that is none is the first."""
    asked = request.GET.get("page", "")
    small = asked.isascii() and asked.isdigit() and len(asked) < TOO_LONG
    return max(int(asked), 1) if small else 1
