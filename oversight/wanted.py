"""Which of their own data a person may ask to have corrected, and how they are written down."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from casework.process import Text
from face.templatetags.face import day
from oversight.models import DataRequest

NAMES = {
    "family_name": _("Family name"),
    "given_name": _("Given name"),
    "patronymic": _("Patronymic"),
}
PROFILE = {"born_on": _("Born on"), "phone": _("Telephone")}
FIELDS = NAMES | PROFILE
INSTEAD = _("%(new)s (now: %(old)s)")
NOTHING = _("nothing")


def now_of(person: Any) -> dict[str, str]:
    """What stands there today, as text; a birthday as ISO."""
    profile = getattr(person, "volunteer", None)
    found = {name: str(getattr(person, name)) for name in NAMES}
    if profile is not None:
        born = profile.born_on
        found |= {"born_on": born.isoformat() if born else "", "phone": profile.phone}
    return found


def said(detail: DataRequest) -> Iterator[tuple[Text, str]]:
    """The new values beside those of today, in the reader's language."""
    now = now_of(detail.person)
    for name, new in detail.wanted.items():
        words = {"new": _spoken(name, new), "old": _spoken(name, now.get(name, ""))}
        yield FIELDS[name], str(INSTEAD % words)


def _spoken(name: str, value: str) -> str:
    if not value:
        return str(NOTHING)
    return str(day(date.fromisoformat(value))) if name == "born_on" else value
