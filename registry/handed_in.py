"""The documents of a case as its page shows them: one value among others."""

from collections.abc import Iterable

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from casework.files.versions import Held


def handed_in(documents: Iterable[Held]) -> str:
    """Every document that is there, with a link, its hash, and the versions before; or nothing.

    One line: the page turns ends of lines into breaks.
    """
    held = [one for one in documents if one.newest]
    if not held:
        return ""
    # What the template made, its ends of lines taken out.
    lines = render_to_string("registry/parts/handed-in.html", {"held": held}).splitlines()
    return SafeString("".join(lines))
