"""What a list was asked, as part of the addresses of its other pages."""

from django.http import HttpRequest


def without(request: HttpRequest) -> dict[str, str]:
    """`address` keeps everything but the place in the list; `untabbed` lacks the tab too."""
    asked = request.GET.copy()
    for name in [name for name, value in asked.items() if not value or name == "after"]:
        del asked[name]
    address, tab = asked.urlencode(), str(asked.pop("tab", [""])[-1])
    return {"address": address, "untabbed": asked.urlencode(), "tab": tab}
