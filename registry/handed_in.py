"""The documents of an application as the page of its case shows them: one value among others."""

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from registry.models import Application
from registry.queries.documents import documents_of


def handed_in(application: Application) -> str:
    """Every document that is there, with a link, its hash, and the versions before; or nothing.

    One line: the page turns ends of lines into breaks.
    """
    held = [one for one in documents_of(application) if one.newest]
    if not held:
        return ""
    # What the template made, its ends of lines taken out.
    lines = render_to_string("registry/parts/handed-in.html", {"held": held}).splitlines()
    return SafeString("".join(lines))
