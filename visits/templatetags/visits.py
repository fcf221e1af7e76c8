"""A visit in words: `{% when begins ends %}`, `{% the_visit %}` in letters, `code|why`."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from face.templatetags.face import moment
from visits.refusals import Cancellation, GateRefusal, VisitRefusal

register = template.Library()

REASONS: dict[str, Any] = {
    one.value: one.label for codes in (VisitRefusal, Cancellation, GateRefusal) for one in codes
}


@register.simple_tag
def when(begins: datetime | str, ends: datetime | str) -> str:
    """The day, from when and until when: instants or their ISO texts."""
    if isinstance(ends, str):
        ends = datetime.fromisoformat(ends)
    return f"{moment(begins)}–{date_format(timezone.localtime(ends), 'H:i')}"


@register.simple_tag(takes_context=True)
def the_visit(context: Mapping[str, Any]) -> str:
    """When, where, what, who meets and the reference: the same lines in every letter."""
    lines = [
        _("When: %(when)s") % {"when": when(context["begins"], context["ends"])},
        _("Where: %(where)s") % {"where": f"{context['institution']}, {context['place']}"},
        _("What: %(what)s") % {"what": _type(context)},
    ]
    if context["supervisor"]:
        lines.append(_("Who meets you: %(person)s") % {"person": context["supervisor"]})
    lines.append(_("Reference: %(ref)s") % {"ref": context["ref"]})
    return "\n".join(lines)


@register.filter
def why(code: str) -> str:
    """The reason behind a code, in the reader's language."""
    return str(REASONS.get(code, code))


@register.filter
def hours(minutes: int) -> str:
    """So many minutes as hours and minutes."""
    whole, rest = divmod(minutes, 60)
    words = {"hours": whole, "minutes": rest}
    if not whole:
        return _("%(minutes)d min") % words
    return (_("%(hours)d h %(minutes)d min") if rest else _("%(hours)d h")) % words


def _type(context: Mapping[str, Any]) -> str:
    russian = (get_language() or "").startswith("ru")
    return str(context["type_ru" if russian else "type_en"])
