"""Telephone numbers and web addresses as people read them."""

import re
from urllib.parse import urlsplit

from django import template
from django.utils.html import format_html
from django.utils.translation import gettext as _

register = template.Library()

NATIONAL = re.compile(r"\+7(\d{3})(\d{3})(\d{2})(\d{2})(?:;ext=(\d+))?")


@register.filter
def phone(number: str) -> str:
    """A Russian number in groups and ready to call; any other as it was written."""
    found = NATIONAL.fullmatch(number)
    if found is None:
        return number
    code, first, second, third, extension = found.groups()
    shown = f"+7 {code} {first}-{second}-{third}"
    if extension:
        shown = _("%(number)s, ext. %(extension)s") % {"number": shown, "extension": extension}
    return format_html('<a href="tel:{}">{}</a>', number, shown)


@register.filter
def website(address: str) -> str:
    """A link when it is a web address, and nothing else: a file may hold anything."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return address
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        return address
    return format_html('<a href="{}" rel="nofollow">{}</a>', address, parts.netloc)
