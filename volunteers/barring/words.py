"""Grounds in both languages, as letters need them."""

from django.utils import translation

from volunteers.models import Bar, PersonSuspension


def in_both(detail: Bar | PersonSuspension) -> dict[str, str]:
    """The ground as it is said in Russian and in English."""
    found = {}
    for language in ("ru", "en"):
        with translation.override(language):
            found[f"ground_{language}"] = str(detail.get_ground_display())
    return found
