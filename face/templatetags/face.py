"""Signs and typography for templates: `{% icon %}`, `{% door %}`, `|typo`."""

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import template
from django.templatetags.static import static
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from face.typography import set_russian

register = template.Library()

DOORS: dict[str, str | Promise] = {
    "shut": _("Shut"),
    "ajar": _("Ajar"),
    "half": _("Half open"),
    "wide": _("Wide open"),
}


@register.simple_tag
def icon(name: str) -> SafeString:
    """A line icon of the sprite, silent for screen readers: the word beside it speaks."""
    return format_html(
        '<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><use href="{}#i-{}"/></svg>',
        static("img/sprite.svg"),
        name,
    )


@register.simple_tag
def mark() -> SafeString:
    """The product's mark."""
    return format_html(
        '<svg viewBox="0 0 32 32" aria-hidden="true"><use href="{}#mark"/></svg>',
        static("img/sprite.svg"),
    )


@register.simple_tag
def door(state: str) -> SafeString:
    """The small door and its word, never one without the other; `state` is a key of DOORS."""
    return format_html(
        '<span class="door"><svg viewBox="0 0 16 16" aria-hidden="true"><use href="{}#door-{}"/>'
        "</svg><span>{}</span></span>",
        static("img/sprite.svg"),
        state,
        DOORS[state],
    )


@register.simple_tag
def large_door(state: str) -> SafeString:
    """The large drawing of a door; the word stands in the text beside it."""
    return format_html(
        '<svg viewBox="0 0 120 120" aria-hidden="true"><use href="{}#door-{}-l"/></svg>',
        static("img/sprite.svg"),
        state,
    )


@register.filter
def moment(at: datetime | str) -> str:
    """A day with its weekday and the time, where the reader is; an ISO text is read first."""
    if isinstance(at, str):
        at = datetime.fromisoformat(at)
    local = timezone.localtime(at)
    return f"{day(local.date())}, {date_format(local, 'H:i')}"


@register.filter
def due_moment(term: Any) -> str:
    """When a term passes: its last day, or its moment when it ends within a day."""
    due = term.due_at.astimezone(ZoneInfo(term.zone))
    if term.unit or due.time() == time.min:
        return day((due - timedelta(microseconds=1)).date())
    return moment(term.due_at)


@register.filter
def day(on: date | str) -> str:
    """A day with its weekday, in the manner of the reader's language; an ISO text is read first."""
    if isinstance(on, str):
        on = date.fromisoformat(on[:10])
    if (get_language() or "").startswith("ru"):
        return f"{date_format(on, 'l').lower()}, {date_format(on, 'j E Y')}"
    return date_format(on, "l, j F Y")


@register.filter(is_safe=True)
def typo(text: str | SafeString) -> SafeString:
    """No-break spaces and dashes as Russian asks; other languages pass unchanged."""
    escaped = conditional_escape(text)
    if not (get_language() or "").startswith("ru"):
        return escaped
    return mark_safe(set_russian(escaped))  # noqa: S308  (escaped above; only spaces and dashes change)
