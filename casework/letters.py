"""A notice in the reader's language: subject, text and HTML from one source per language.

`templates/notices/<kind>.<language>.txt`: the first line is the subject, the rest the letter.
"""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from casework.models import Invitation, Notice

DEFAULT_LANGUAGE = "ru"


@dataclass(frozen=True)
class Letter:
    """What a notice says to its reader."""

    subject: str
    text: str
    link: str

    @property
    def paragraphs(self) -> list[str]:
        """The text, paragraph by paragraph."""
        return [part.strip() for part in self.text.split("\n\n") if part.strip()]


def letter(notice: Notice, language: str = "") -> Letter:
    """The letter of this notice in a language; by default its reader's own."""
    language = language or notice.person.language or DEFAULT_LANGUAGE
    values, link = _values_and_link(notice)
    with translation.override(language):
        template = f"notices/{notice.kind}.{language}.txt"
        context = values | {"person": notice.person, "link": settings.OPEN_DOORS_URL + link}
        subject, _, text = render_to_string(template, context).strip().partition("\n")
    return Letter(subject.strip(), text.strip(), link)


def html(found: Letter, language: str) -> str:
    """The letter as a page of one column, for mail programs."""
    context = {"letter": found, "language": language, "site": settings.OPEN_DOORS_URL}
    with translation.override(language):
        return render_to_string("notices/letter.html", context)


def _values_and_link(notice: Notice) -> tuple[dict[str, Any], str]:
    """What the template is given, and the page it leads to; an invitation's link is made here."""
    if pk := notice.values.get("invitation"):
        found = Invitation.objects.select_related("organisation", "invited_by").get(pk=pk)
        return {"invitation": found}, found.get_absolute_url()
    case = notice.case.get_absolute_url() if notice.case else ""
    return notice.values, notice.values.get("link") or case
